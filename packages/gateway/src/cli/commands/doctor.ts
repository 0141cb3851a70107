import { systemClock } from '../../kernel/clock.ts'
import { systemRandom } from '../../kernel/random.ts'
import { type AddCommands, CommandError } from '../command-line/frame.ts'
import { openProgress } from '../command-line/progress.ts'
import { readSecret } from '../command-line/read-secret.ts'
import { databaseNames } from '../configured.ts'
import { describeFindings } from '../doctor/finding.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import type { DoctorLogin } from '../doctor/sign-in-to-look.ts'
import { readSettings } from '../read-settings.ts'

type Options = { readonly database?: string; readonly login?: string; readonly json?: boolean }

/** `doctor`: looks at everything, and says what to do. */
export const addDoctorCommand: AddCommands = (program, frame) => {
  program
    .command('doctor')
    .description('look at settings, store, keys, APIs and every Odoo; exit code 1 when something is at fault')
    .option('--database <name>', 'only this one of the Odoo databases')
    .option('--login <login>', 'sign in to Odoo as this user, to look at models and fields; password on standard input')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nExample:\n  gatehouse doctor --login admin < password-file')
    .action((options: Options) =>
      frame.alone(options, async () => {
        const settings = readSettings(frame.environment)
        const names = databaseNames(settings)
        if (options.database !== undefined && !names.includes(options.database)) {
          throw new CommandError(`There is no database "${options.database}": name one of ${names.join(', ')}.`)
        }
        const login = await readLogin(options.login)
        const progress = openProgress()
        const asked = { settings, login, database: options.database, clock: systemClock, random: systemRandom }
        const tlsUnchecked = frame.environment.NODE_TLS_REJECT_UNAUTHORIZED === '0'
        const findings = await runDoctor({ ...asked, tlsUnchecked, progress: progress.say }).finally(progress.end)
        const isWell = findings.every(({ state }) => state !== 'fault')
        return { json: { ok: isWell, findings }, text: describeFindings(findings), exitCode: isWell ? 0 : 1 }
      }),
    )
}

async function readLogin(login: string | undefined): Promise<DoctorLogin | undefined> {
  return login === undefined ? undefined : { login, password: await readSecret(`the Odoo password of ${login}`) }
}
