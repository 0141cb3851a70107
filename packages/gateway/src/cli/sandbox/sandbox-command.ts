import { Command } from 'commander'
import { runSandbox, type SandboxProcess } from './run-sandbox.ts'
import { SANDBOX_OPTIONS, type SandboxArguments } from './sandbox-options.ts'

const EXAMPLES = `
Examples:
  gatehouse sandbox                             Odoo 18 at http://127.0.0.1:8018
  gatehouse sandbox --odoo 19 --port 3069       Odoo 19 on a port of your choice
  gatehouse sandbox --file sandbox.db           keeps what you do from start to start
  gatehouse sandbox --port 0 --json             for scripts: any free port, told as JSON
  gatehouse sandbox --faults                    lets tests ask for slow and broken answers

More: docs/sandbox.md`

/** A command line that nobody can carry out: what is wrong with it has been told. */
const EXIT_USAGE = 2

/** The command `sandbox`. */
export function sandboxCommand(process: SandboxProcess & { readonly exit: (code: number) => never }): Command {
  const command = new Command('sandbox')
    .description('run a look-alike of Odoo with demo data, alone: for building front ends against it')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(gatehouse sandbox --help says what there is)')
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE))
    .action((given: SandboxArguments) => runSandbox(given, process))
  for (const option of SANDBOX_OPTIONS) command.addOption(option)
  return command
}
