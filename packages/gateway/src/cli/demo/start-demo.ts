import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { type DemoMakers, demoCredentialsFile, prepareDemoCredentials } from './demo-credentials.ts'
import { sampleCalls } from './sample-calls.ts'

/** The sandbox of a running gateway, and what opens it. */
export type Demo = {
  readonly database: string
  readonly url: string
  readonly users: readonly { readonly login: string; readonly password: string }[]
  readonly totpSecret: string
  close(): Promise<void>
}

/** Starts the sandbox. It is loaded only here: a gateway in front of a real Odoo never sees its code. */
export async function startDemo(settings: Settings): Promise<Demo> {
  const { SANDBOX_TOTP_SECRET, SANDBOX_USERS, startSandbox } = await import('@odoo-gatehouse/sandbox')
  const sandbox = await startSandbox({ odooVersion: settings.sandbox.odoo, file: join(settings.data, 'sandbox.db') })
  return { ...sandbox, users: SANDBOX_USERS, totpSecret: SANDBOX_TOTP_SECRET, close: () => sandbox.close() }
}

/** Prepares the demo's credentials, and answers what to tell whoever started it: calls to copy, and where the secrets are. */
export async function introduceDemo({ data, url, sandbox }: Settings, demo: Demo, makers: DemoMakers): Promise<string> {
  const { database, users, totpSecret } = demo
  await prepareDemoCredentials(
    data,
    { url, database, sandbox_url: demo.url, users: [...users], totp_secret: totpSecret },
    makers,
  )
  return `It runs on the sandbox, an Odoo ${sandbox.odoo} look-alike with demo data at ${demo.url}.
Users: ${users.map(({ login, password }) => `${login}/${password}`).join(', ')}
Every demo credential: ${demoCredentialsFile(data)}

${sampleCalls({ url, login: 'demo', password: 'demo' })}
`
}
