import { isPassword } from '../credential/password.ts'
import type { Engine } from '../engine/contract.ts'
import { accessDenied, accessError, typeError } from '../fault/odoo-fault.ts'
import { sql } from '../sql/sql-text.ts'
import { pythonType } from '../value/python-text.ts'
import { endSession, openSession, type Session } from './session-store.ts'

/** What `/web/session/authenticate` is given, unchecked. */
export type Credentials = { readonly db: unknown; readonly login: unknown; readonly password: unknown }

/**
 * Opens a session by password; half open when the user has a second factor. The session before it ends then, and lives
 * on when the sign-in fails. Nothing tells an unknown user from a wrong password.
 */
export function signIn(engine: Engine, credentials: Credentials, before: Session | undefined): Session {
  const { db, login, password } = credentials
  if (db === null || typeof db === 'number' || typeof db === 'boolean') {
    throw typeError(`expected string or bytes-like object, got '${pythonType(db)}'`)
  }
  if (db !== engine.database) throw accessError('Database not found.')
  const user = engine.db.get(sql`SELECT id FROM res_users WHERE login = ${String(login)} AND active = 1`)
  const uid = Number(user?.id ?? 0)
  if (typeof password !== 'string' || !isPassword(engine, uid, password)) throw accessDenied()
  if (before !== undefined) endSession(engine, before.id)
  const secret = engine.db.get(sql`SELECT totp_secret FROM sandbox_credential WHERE user_id = ${uid}`)?.totp_secret
  const halfOpen = secret != null
  if (!halfOpen) engine.db.run(sql`UPDATE sandbox_credential SET signed_in = 1 WHERE user_id = ${uid}`)
  return openSession(engine, uid, halfOpen)
}
