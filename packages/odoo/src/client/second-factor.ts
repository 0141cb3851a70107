import type { OdooAnswer } from './exchange.ts'
import { callJsonRpc } from './json-rpc.ts'
import { forwardedHeaders } from './request-headers.ts'
import { readSecondFactorPage, type SecondFactorMethod } from './second-factor-page.ts'
import { isSessionId, readSessionId, readSetCookie } from './session-cookie.ts'
import { type OdooSessionFacts, readSessionFacts } from './session-facts.ts'
import type { OdooTransport, RequestHeaders } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'
import { browserAgent } from './user-agent.ts'

/** A session whose password was right and whose second factor is awaited. Secret: with the code it signs in. */
export type HalfOpenSession = {
  readonly sessionId: string
  /** Odoo's token against forged forms, bound to the session. */
  readonly csrfToken: string
  readonly method: SecondFactorMethod
}

/** A device that Odoo asks for no second factor. Secret. */
export type TrustedDevice = { readonly id: string; readonly maxAgeSeconds: number }

/** A session that is whole. */
export type SecondFactorPassed = {
  readonly kind: 'signed_in'
  readonly sessionId: string
  readonly facts: OdooSessionFacts
  /** Where it was asked for, and Odoo gave one. */
  readonly trustedDevice?: TrustedDevice
}

/** Who the requests are made for. */
type OnBehalf = {
  /** The person's IP address, for Odoo's own limits. */
  readonly forwardedFor?: string
  /** The person's browser, by which Odoo names a trusted device in its list. */
  readonly userAgent?: string
}

/** What begins the second step. `trustedDevice`: the id that Odoo gave a device of this user. */
export type SecondFactorBeginning = OnBehalf & { readonly sessionId: string; readonly trustedDevice?: string }

/** What the second step begins with: the code is awaited, none is needed, or there is nothing to finish. */
export type SecondFactorBegun =
  | ({ readonly kind: 'code_awaited' } & HalfOpenSession)
  | SecondFactorPassed
  | { readonly kind: 'session_over' }

/** What finishes the second step. `remember`: Odoo is to trust the device from now on. */
export type SecondFactorCode = OnBehalf & { readonly code: string; readonly remember?: boolean }

/**
 * How it ended.
 *
 * - `wrong_code`: also one that was used before (Odoo 19), and what is no code; the session stays half-open;
 * - `too_many_tries`: Odoo looks at no more codes of this user for up to an hour;
 * - `cooldown`: too many failures from this address; for the next minute also the right code fails;
 * - `session_over`: the half-open session has ended; only a new sign-in helps.
 */
export type SecondFactorResult =
  | SecondFactorPassed
  | { readonly kind: 'wrong_code' | 'too_many_tries' | 'cooldown' | 'session_over' }

const PATH = '/web/login/totp'

/** How long Odoo trusts a device when its cookie does not say (odoo 18.0 auth_totp: TRUSTED_DEVICE_AGE). Seconds. */
const TRUSTED_DEVICE_SECONDS = 90 * 86_400

/**
 * Opens the page that asks for the code. Where codes come by mail, this sends one: it is opened once a sign-in.
 *
 * @throws OdooUnreachable, also where what answers is no such page
 * Source: odoo 18.0 auth_totp and auth_totp_mail_enforce, controllers/home.py; recordings auth/totp.
 */
export async function beginSecondFactor(
  transport: OdooTransport,
  { sessionId, trustedDevice, ...onBehalf }: SecondFactorBeginning,
): Promise<SecondFactorBegun> {
  const device = trustedDevice !== undefined && isSessionId(trustedDevice) ? `; td_id=${trustedDevice}` : ''
  const headers = headersOf(transport, onBehalf, `session_id=${sessionId}${device}`)
  const answer = await transport.get(PATH, { headers })
  const usedId = readSessionId(answer.headers) ?? sessionId
  if (isRedirect(answer)) return afterRedirect(transport, answer, usedId, onBehalf)
  if (answer.status !== 200) return refused(answer)
  const page = readSecondFactorPage(answer.body.toString('utf8'))
  if (page === undefined) throw badAnswer(answer)
  return { kind: 'code_awaited', sessionId: usedId, csrfToken: page.csrfToken, method: page.method }
}

/**
 * Sends the code. With the right one, the half-open session is given up for a whole one of another id.
 *
 * @throws OdooUnreachable, also where what answers is neither the page nor a way on
 */
export async function finishSecondFactor(
  transport: OdooTransport,
  { sessionId, csrfToken }: Pick<HalfOpenSession, 'sessionId' | 'csrfToken'>,
  { code, remember = false, ...onBehalf }: SecondFactorCode,
): Promise<SecondFactorResult> {
  const form = { csrf_token: csrfToken, totp_token: code, ...(remember ? { remember: '1' } : {}) }
  const answer = await transport.post(PATH, {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...headersOf(transport, onBehalf, `session_id=${sessionId}`),
    },
    body: new URLSearchParams(form).toString(),
  })
  if (isRedirect(answer)) {
    const passed = await afterRedirect(transport, answer, readSessionId(answer.headers) ?? sessionId, onBehalf)
    return passed.kind === 'signed_in' && remember ? { ...passed, ...trustedDeviceOf(answer) } : passed
  }
  if (answer.status !== 200) return refused(answer)
  const page = readSecondFactorPage(answer.body.toString('utf8'))
  if (page === undefined) throw badAnswer(answer)
  return { kind: REFUSALS.find(({ sentence }) => sentence.test(page.alert ?? ''))?.kind ?? 'wrong_code' }
}

/**
 * Ends a half-open session that nobody will finish, as the page's own button does: `/web/session/destroy` takes whole
 * sessions only. One that is over already is no error.
 *
 * @throws OdooUnreachable
 */
export async function cancelSecondFactor(
  transport: OdooTransport,
  { sessionId, csrfToken }: Pick<HalfOpenSession, 'sessionId' | 'csrfToken'>,
): Promise<void> {
  const answer = await transport.post('/web/session/logout', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `session_id=${sessionId}` },
    body: new URLSearchParams({ csrf_token: csrfToken }).toString(),
  })
  if (!isRedirect(answer) && answer.status !== 200) refused(answer)
}

/** Sentences are English here: no `Accept-Language` is sent and nobody is signed in. */
const REFUSALS = [
  { sentence: /limit of code verifications/i, kind: 'too_many_tries' },
  { sentence: /^too many login failures/i, kind: 'cooldown' },
] as const

function isRedirect({ status }: OdooAnswer): boolean {
  return status === 302 || status === 303
}

/** Odoo sends back to the password who has no half-open session, and on to the web client who has passed. */
async function afterRedirect(
  transport: OdooTransport,
  answer: OdooAnswer,
  sessionId: string,
  { forwardedFor }: OnBehalf,
): Promise<SecondFactorPassed | { readonly kind: 'session_over' }> {
  const { pathname } = new URL(String(answer.headers.location ?? ''), transport.url)
  if (/\/web\/(?:login|database\/selector)$/.test(pathname)) return { kind: 'session_over' }
  const whom = { sessionId, ...(forwardedFor === undefined ? {} : { forwardedFor }) }
  const { result, fault, answer: told } = await callJsonRpc(transport, '/web/session/get_session_info', {}, whom)
  if (fault?.isSessionEnded) return { kind: 'session_over' }
  if (fault !== undefined) throw fault
  const facts = readSessionFacts(result)
  if (facts === undefined) throw badAnswer(told)
  return { kind: 'signed_in', sessionId: readSessionId(told.headers) ?? sessionId, facts }
}

/** A form that Odoo does not take any more: its token went with the session. */
function refused(answer: OdooAnswer): { readonly kind: 'session_over' } {
  if (answer.status === 400 || answer.status === 403 || answer.status === 404) return { kind: 'session_over' }
  throw badAnswer(answer)
}

function trustedDeviceOf(answer: OdooAnswer): { readonly trustedDevice?: TrustedDevice } {
  const cookie = readSetCookie(answer.headers, 'td_id')
  if (cookie === undefined || !isSessionId(cookie.value)) return {}
  return { trustedDevice: { id: cookie.value, maxAgeSeconds: cookie.maxAgeSeconds ?? TRUSTED_DEVICE_SECONDS } }
}

function headersOf(transport: OdooTransport, { forwardedFor, userAgent }: OnBehalf, cookie: string): RequestHeaders {
  return { cookie, 'user-agent': browserAgent(userAgent), ...forwardedHeaders(transport.url, forwardedFor) }
}

function badAnswer({ status }: OdooAnswer): OdooUnreachable {
  return new OdooUnreachable('bad_answer', { sent: true, status })
}
