import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import type { Random } from '../../kernel/random.ts'
import { StartError } from '../start-error.ts'
import { type DemoMakers, demoCredentialsFile, prepareDemoCredentials } from './demo-credentials.ts'
import { sampleCalls } from './sample-calls.ts'
import { newTotpSecret } from './totp-secret.ts'

/** The sandbox of a running gateway, and what opens it. */
export type Demo = {
  readonly database: string
  readonly url: string
  readonly users: readonly { readonly login: string; readonly password: string }[]
  readonly totpSecret: string
  close(): Promise<void>
}

/**
 * Starts the sandbox on its records in the data directory, those of each version apart. It is loaded only here: a
 * gateway in front of a real Odoo never sees its code.
 *
 * @param onMistake told of what the sandbox did wrong itself, which its client is not told
 * @throws StartError when its records cannot be used
 */
export async function startDemo(
  { data, sandbox }: Settings,
  random: Random,
  onMistake: (error: unknown) => void,
): Promise<Demo> {
  const { SANDBOX_USERS, startSandbox } = await import('@odoo-gatehouse/sandbox')
  const file = join(data, `sandbox-${sandbox.odoo}.db`)
  try {
    // Made before SQLite makes it, which would let others read the sessions in it.
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    const totpSecret = newTotpSecret(random)
    const running = await startSandbox({ odooVersion: sandbox.odoo, file, totpSecret, onMistake })
    return { ...running, users: SANDBOX_USERS }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The sandbox cannot start with ${file} (${reason}): remove the file to start anew.`, { cause })
  }
}

/** Prepares the demo's credentials, and answers what to tell whoever started it: calls to copy, and where the secrets are. */
export async function introduceDemo({ data, url, sandbox }: Settings, demo: Demo, makers: DemoMakers): Promise<string> {
  const { database, users, totpSecret } = demo
  await prepareDemoCredentials(
    data,
    { url, database, sandbox_url: demo.url, users: [...users], totp_secret: totpSecret },
    String(sandbox.odoo),
    makers,
  )
  return `It runs on the sandbox, an Odoo ${sandbox.odoo} look-alike with demo data at ${demo.url}.
Users: ${users.map(({ login, password }) => `${login}/${password}`).join(', ')} (totp has a second factor: its secret is in the file below)
Every demo credential: ${demoCredentialsFile(data)}

${sampleCalls({ url, login: 'demo', password: 'demo' })}
`
}
