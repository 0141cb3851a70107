import { SettingsError } from '../../config/setting-fault.ts'
import { GatehouseError } from '../../kernel/error.ts'
import { StoreOpenError } from '../../store/open-error.ts'
import { MasterKeyMismatchError } from '../../tokens/master-key-check.ts'
import { StartError } from '../start-error.ts'
import { CommandError } from './command-error.ts'

/** `EX_CONFIG` of sysexits.h: something that whoever starts the program can mend. */
export const EXIT_CONFIG = 78

/** Why a command ended: for people, for programs (`--json`), and the exit code. */
export type Failure = {
  readonly text: string
  readonly json: { readonly error: string; readonly code: string; readonly faults?: SettingsError['faults'] }
  readonly exitCode: number
}

/** What is told of an error. Only of a mistake of ours is there a stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SettingsError) {
    const { faults } = error
    const title = faults.length === 1 ? 'a value is wrong' : 'these values are wrong'
    const list = faults.map(({ path, message }) => `${path} ${message}`)
    const text = `${title}:\n${list.map((line) => `  ${line}`).join('\n')}`
    return { text, json: { error: `${title}: ${list.join('; ')}`, code: 'settings', faults }, exitCode: EXIT_CONFIG }
  }
  if (error instanceof StartError) return sentence(error.message, 'start', EXIT_CONFIG)
  if (error instanceof StoreOpenError) return sentence(error.message, 'store', EXIT_CONFIG)
  if (error instanceof MasterKeyMismatchError) return sentence(error.message, 'master_key', EXIT_CONFIG)
  if (error instanceof CommandError) return sentence(error.message, 'command', 1)
  if (error instanceof GatehouseError) return sentence(error.message, error.code, 1)
  const message = error instanceof Error ? error.message : String(error)
  const text = error instanceof Error ? (error.stack ?? message) : message
  return { text, json: { error: message, code: 'unexpected' }, exitCode: 1 }
}

function sentence(text: string, code: string, exitCode: number): Failure {
  return { text, json: { error: text, code }, exitCode }
}
