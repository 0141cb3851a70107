import type { OdooFault } from './fault.ts'
import { callJsonRpc } from './json-rpc.ts'
import { readSessionId } from './session-cookie.ts'
import { type OdooSessionFacts, readSessionFacts } from './session-facts.ts'
import type { OdooTransport } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'

/** What a person signs in with. */
export type PasswordCredential = {
  readonly database: string
  readonly login: string
  readonly password: string
  /** The person's IP address, for Odoo's cooldown. */
  readonly forwardedFor?: string
}

/**
 * How a sign-in ended.
 *
 * - `second_factor`: the password is right and the user has 2FA; the session is half-open, good for the second step;
 * - `denied`: wrong password, unknown or archived user; Odoo does not tell which;
 * - `cooldown`: too many failures from this address; for the next minute also the right password fails;
 * - `unknown_database`: Odoo has no such database, or does not show it.
 */
export type SignInResult =
  | { readonly kind: 'signed_in'; readonly sessionId: string; readonly facts: OdooSessionFacts }
  | { readonly kind: 'second_factor'; readonly sessionId: string }
  | { readonly kind: 'denied' }
  | { readonly kind: 'cooldown'; readonly message: string }
  | { readonly kind: 'unknown_database' }

/**
 * Opens a new Odoo session with a password.
 *
 * @throws OdooUnreachable also where Odoo has no connection to its own database server, whose host and port its message
 * would tell.
 * @throws OdooFault for any other exception of Odoo.
 * Source: odoo 18.0 web/controllers/session.py: authenticate; recordings auth/authenticate_*, totp, login_cooldown.
 */
export async function signInWithPassword(
  transport: OdooTransport,
  { database, login, password, forwardedFor }: PasswordCredential,
): Promise<SignInResult> {
  const { result, fault, answer } = await callJsonRpc(
    transport,
    '/web/session/authenticate',
    { db: database, login, password },
    forwardedFor === undefined ? {} : { forwardedFor },
  )
  if (fault !== undefined) return readRefusal(fault, database)
  const sessionId = readSessionId(answer.headers)
  // A success without a cookie is nobody's session; asking again would not help.
  if (sessionId === undefined) throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  if (isSecondFactor(result)) return { kind: 'second_factor', sessionId }
  const facts = readSessionFacts(result)
  if (facts === undefined) throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  return { kind: 'signed_in', sessionId, facts }
}

/** A right password of a user with 2FA is no error: the answer is a session of nobody. */
function isSecondFactor(result: unknown): boolean {
  return (
    typeof result === 'object' && result !== null && 'uid' in result && (result.uid === null || result.uid === false)
  )
}

/** Messages are English here: no `Accept-Language` is sent and nobody is signed in. */
function readRefusal(fault: OdooFault, database: string): SignInResult {
  if (fault.exception === 'AccessDenied') {
    const isCooldown = /^too many login failures/i.test(fault.message)
    return isCooldown ? { kind: 'cooldown', message: fault.message } : { kind: 'denied' }
  }
  if (fault.exception === 'AccessError' && /^database not found/i.test(fault.message)) {
    return { kind: 'unknown_database' }
  }
  if (fault.exception === 'OperationalError') {
    // PostgreSQL names the database that it does not have; otherwise it is PostgreSQL itself that is missing.
    if (fault.message.includes(`"${database}"`)) return { kind: 'unknown_database' }
    throw new OdooUnreachable('bad_answer', { sent: true, status: 200 })
  }
  throw fault
}
