import { demoCredentials } from '../../harness/demo-credentials.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { objectAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { sandboxSettings } from '../../harness/settings.ts'
import { steadyCode } from '../../harness/totp.ts'

/** The user of the sandbox with a second factor. */
export const TOTP = { login: 'totp', password: 'totp' }

/** A gateway on a sandbox, and the secret of its user `totp`. */
export type MfaGateway = Gateway & { readonly secret: string }

/** Starts a gateway of the suite's own: it tells the secret of the second factor. */
export async function startMfaGateway(settings: object = {}, env: Record<string, string> = {}): Promise<MfaGateway> {
  const gateway = await startGateway({ settings: { ...sandboxSettings(), ...settings }, env })
  return { ...gateway, secret: textAt(demoCredentials(gateway), 'totp_secret') }
}

/** The mfa_token of a refusal, bare or wrapped. */
export function mfaTokenOf(answer: Answer): string {
  const body = objectOf(answer.json)
  return textAt(typeof body.error === 'object' ? objectAt(objectAt(body, 'error'), 'data') : body, 'mfa_token')
}

/** Begins a sign-in; answers its mfa_token. */
export async function beginSignIn(
  { url }: Gateway,
  path = '/api/authenticate',
  headers: RequestHeaders = {},
): Promise<string> {
  return mfaTokenOf(await call(url, { path, headers, json: TOTP }))
}

/** `POST /api/v1/auth/mfa`. */
export function sendMfa({ url }: Gateway, json: unknown, headers: RequestHeaders = {}): Promise<Answer> {
  return call(url, { path: '/api/v1/auth/mfa', headers, json })
}

/** Finishes a sign-in with the right code. */
export async function finish(
  gateway: MfaGateway,
  mfaToken: string,
  more: object = {},
  headers: RequestHeaders = {},
): Promise<Answer> {
  return sendMfa(gateway, { mfa_token: mfaToken, code: await steadyCode(gateway.secret), ...more }, headers)
}
