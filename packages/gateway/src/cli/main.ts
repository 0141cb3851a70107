import { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { closestCommand } from './command-line/closest-command.ts'
import { failureOf } from './command-line/failure.ts'
import { createCommandFrame, failureLine } from './command-line/frame.ts'
import { COMMANDS } from './commands/all.ts'
import { readSettings } from './read-settings.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import { serve } from './serve.ts'

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

const frame = createCommandFrame(process.env, {
  print: (text) => process.stdout.write(text),
  warn: (text) => process.stderr.write(text),
  exit: (code) => process.exit(code),
})
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
  const failure = failureOf(error)
  process.stderr.write(failureLine(failure))
  process.exit(failure.exitCode)
}

/** Without a word for a command the default one runs, which would complain of a word too many. */
function refuseUnknownCommand(word: string | undefined): void {
  const names = program.commands.map((command) => command.name())
  if (word === undefined || word.startsWith('-') || word === 'help' || names.includes(word)) return
  const close = closestCommand(word, names)
  const hint = close === undefined ? `there are ${names.join(', ')}.` : `did you mean ${close}?`
  process.stderr.write(`gatehouse: there is no command '${word}'; ${hint}\n`)
  process.exit(EXIT_USAGE)
}

refuseUnknownCommand(process.argv[2])
program.parseAsync().catch(fail)
