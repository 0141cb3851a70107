import { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { SettingsError } from '../config/setting-fault.ts'
import { GatehouseError } from '../kernel/error.ts'
import { StoreOpenError } from '../store/open-error.ts'
import { MasterKeyMismatchError } from '../tokens/master-key-check.ts'
import { CommandError, createCommandFrame } from './command-line/frame.ts'
import { COMMANDS } from './commands/all.ts'
import { readSettings } from './read-settings.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import { serve } from './serve.ts'
import { StartError } from './start-error.ts'

/** `EX_CONFIG` of sysexits.h: something that whoever starts the program can mend. */
const EXIT_CONFIG = 78

/** A command line that nobody can carry out. */
const EXIT_USAGE = 2

const program = new Command('gatehouse')
  .description('A secure front door for any Odoo.')
  .version(manifest.version)
  .showHelpAfterError()

program
  .command('serve', { isDefault: true })
  .description('run the gateway; on the embedded sandbox unless ODOO_URL and ODOO_DB say otherwise')
  .action(async () => {
    const running = await serve(readSettings(process.env), (text) => process.stdout.write(text))
    stopOnSignal(running)
  })

program.addCommand(
  sandboxCommand({
    print: (text) => process.stdout.write(text),
    warn: (line) => process.stderr.write(`${line}\n`),
    exit: (code) => process.exit(code),
    stopOnSignal,
  }),
)

const frame = createCommandFrame(process.env, (text) => process.stdout.write(text))
for (const add of COMMANDS) add(program, frame)

/** Waits for the calls that are under way, then ends. A second signal ends at once. */
function stopOnSignal(running: { stop(): Promise<void> }): void {
  const stop = () => {
    process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

function fail(error: unknown): void {
  if (error instanceof SettingsError) {
    const faults = error.faults.map(({ path, message }) => `  ${path} ${message}`)
    process.stderr.write(
      `gatehouse: ${faults.length === 1 ? 'a value is' : 'these values are'} wrong:\n${faults.join('\n')}\n`,
    )
    process.exit(EXIT_CONFIG)
  }
  if (error instanceof StartError || error instanceof StoreOpenError || error instanceof MasterKeyMismatchError) {
    process.stderr.write(`gatehouse: ${error.message}\n`)
    process.exit(EXIT_CONFIG)
  }
  if (error instanceof CommandError || error instanceof GatehouseError) {
    process.stderr.write(`gatehouse: ${error.message}\n`)
    process.exit(1)
  }
  process.stderr.write(`gatehouse: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}

/** Without a word for a command the default one runs, which would complain of a word too many. */
function refuseUnknownCommand(word: string | undefined): void {
  const names = program.commands.map((command) => command.name())
  if (word === undefined || word.startsWith('-') || word === 'help' || names.includes(word)) return
  process.stderr.write(`gatehouse: there is no command '${word}'; there are ${names.join(', ')}.\n`)
  process.exit(EXIT_USAGE)
}

refuseUnknownCommand(process.argv[2])
program.parseAsync().catch(fail)
