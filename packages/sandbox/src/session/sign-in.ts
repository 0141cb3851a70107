import { withCooldown } from '../credential/login-cooldown.ts'
import { isPassword } from '../credential/password.ts'
import { secondFactorOf } from '../credential/second-factor.ts'
import type { Engine } from '../engine/contract.ts'
import { accessDenied, accessError, typeError } from '../fault/odoo-fault.ts'
import { sql } from '../sql/sql-text.ts'
import { pythonType } from '../value/python-text.ts'
import { endSession, openSession, type Session } from './session-store.ts'

/** What `/web/session/authenticate` is given, unchecked. */
export type Credentials = {
  readonly db: unknown
  readonly login: unknown
  readonly password: unknown
  /** The address that the client calls from: too many failures let it wait. */
  readonly address: string
}

/**
 * Opens a session by password; half open when the user has a second factor. The session before it ends then, and lives
 * on when the sign-in fails. Nothing tells an unknown user from a wrong password.
 */
export function signIn(engine: Engine, credentials: Credentials, before: Session | undefined): Session {
  const { db, login, password, address } = credentials
  if (db === null || typeof db === 'number' || typeof db === 'boolean') {
    throw typeError(`expected string or bytes-like object, got '${pythonType(db)}'`)
  }
  if (db !== engine.database) throw accessError('Database not found.')
  const uid = withCooldown(engine, address, () => userOf(engine, login, password))
  return openFor(engine, uid, secondFactorOf(engine, uid) === undefined ? 'whole' : 'half', before)
}

/** Opens the session of a user who has proved to be one, in place of the one before. */
export function openFor(engine: Engine, uid: number, how: 'whole' | 'half', before: Session | undefined): Session {
  if (before !== undefined) endSession(engine, before.id)
  if (how === 'whole')
    engine.db.run(sql`
    INSERT INTO sandbox_credential (user_id, signed_in) VALUES (${uid}, 1)
    ON CONFLICT (user_id) DO UPDATE SET signed_in = 1`)
  return openSession(engine, uid, how === 'half')
}

function userOf(engine: Engine, login: unknown, password: unknown): number {
  const user = engine.db.get(sql`SELECT id FROM res_users WHERE login = ${String(login)} AND active = 1`)
  const uid = Number(user?.id ?? 0)
  if (typeof password !== 'string' || !isPassword(engine, uid, password)) throw accessDenied()
  return uid
}
