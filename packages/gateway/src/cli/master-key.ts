import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newSecret } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { StartError } from './start-error.ts'

/** The file in the data directory that keeps the master key. Readable by its owner only. */
const FILE = 'master-key'

/**
 * The text of the master key: from the settings, else from the data directory, where the first start makes it.
 * Written before anything is sealed with it, and only if no other process was first.
 *
 * @throws StartError when the data directory cannot be used
 */
export function masterKey(
  settings: { readonly secret?: string | undefined; readonly data: string },
  random: Random,
): string {
  if (settings.secret !== undefined) return settings.secret
  const file = join(settings.data, FILE)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, `${newSecret(random)}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    }
    const text = readFileSync(file, 'utf8').trim()
    if (text.length < 32) throw new StartError(`The master key in ${file} is damaged: restore it from a backup.`)
    return text
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    throw new StartError(
      `The data directory ${settings.data} cannot be used: make it readable and writable for this user, or set GATEHOUSE_DATA.`,
      { cause },
    )
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
