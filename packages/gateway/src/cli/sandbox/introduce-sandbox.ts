import type { CalledSandbox } from './sandbox-calls.ts'
import { sandboxCalls } from './sandbox-calls.ts'

/** A running sandbox, as whoever started it is told of it. */
export type RunningSandbox = CalledSandbox & {
  readonly users: readonly { readonly login: string; readonly password: string }[]
  readonly totpSecret: string
  /** Where its records are kept; `undefined` is in memory. */
  readonly file: string | undefined
  readonly faults: boolean
  readonly startedInMs: number
}

/** What is told of it, for people. */
export function introduceSandbox(sandbox: RunningSandbox): string {
  const { url, database, odoo, users, totpSecret, file, faults, startedInMs } = sandbox
  const width = Math.max(...users.map(({ login }) => login.length))
  const lines = users.map(
    ({ login, password }) => `  ${login.padEnd(width)}  ${password.padEnd(width)}  ${whoIs(login, totpSecret)}`,
  )
  return `A look-alike of Odoo ${odoo} is ready at ${url} (${startedInMs} ms). Database: ${database}.
It is not Odoo, and its passwords are published: put nothing of your own into it.
Records are ${file === undefined ? 'in memory and gone when it stops; --file keeps them' : `kept in ${file}; remove the file to start anew`}.
${faults ? `Faults can be asked for at ${url}/sandbox/faults: docs/sandbox.md says how.\n` : ''}
Users and passwords:
${lines.map((line) => line.trimEnd()).join('\n')}

${sandboxCalls(sandbox)}

Stop it with Ctrl-C.
`
}

/** The same for programs: one line of JSON. */
export function sandboxAsJson(sandbox: RunningSandbox): string {
  const { url, database, odoo, users, totpSecret, file, faults } = sandbox
  const told = { url, database, odoo_version: odoo, users, totp_secret: totpSecret, file: file ?? null, faults }
  return `${JSON.stringify(told)}\n`
}

const WHO: Readonly<Record<string, string>> = {
  admin: 'the administrator',
  demo: 'an employee',
  portal: 'a customer, who sees little',
}

function whoIs(login: string, totpSecret: string): string {
  if (login !== 'totp') return WHO[login] ?? ''
  return totpSecret === '' ? 'an employee' : `an employee with a second factor; secret ${totpSecret}`
}
