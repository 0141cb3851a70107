import type { Engine } from '../engine/contract.ts'
import { accessDenied, missingError, typeError } from '../fault/odoo-fault.ts'
import { sql } from '../sql/sql-text.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'
import { checkApiKey } from './api-key.ts'
import { isPassword } from './password.ts'

/** The scope that keys are asked for over RPC. No key has it, so that only those for everything do. */
const RPC_SCOPE = 'rpc'

/**
 * Is it what the user may call with over RPC: the password, unless there is a second factor, or an API key
 * (odoo 18.0 res_users.py, Users._check_credentials). A secret that is neither empty nor text is a TypeError.
 */
export function isRpcSecret(engine: Engine, uid: number, secret: unknown): boolean {
  if (!pythonTruth(secret)) return false
  if (typeof secret !== 'string') throw typeError(`secret must be unicode or bytes, not ${pythonType(secret)}`)
  const kept = engine.db.get(sql`SELECT totp_secret FROM sandbox_credential WHERE user_id = ${uid}`)
  const hasSecondFactor = kept?.totp_secret != null
  if (!hasSecondFactor && (isPassword(engine, uid, secret) || isProviderToken(engine, uid, secret))) return true
  return checkApiKey(engine, secret, RPC_SCOPE) === uid
}

/** The user of a key that a client sends as its bearer token, over `/json/2`. */
export function bearerOf(engine: Engine, token: string): number | undefined {
  return checkApiKey(engine, token, RPC_SCOPE)
}

/**
 * Refuses a caller over RPC whose secret is wrong, or whose account is archived. A user who is not there is told apart:
 * Odoo looks at the account before the secret (odoo 18.0 res_users.py, check).
 */
export function checkRpcCaller(engine: Engine, uid: number, secret: unknown): void {
  if (!pythonTruth(secret)) throw accessDenied()
  const user = engine.db.get(sql`SELECT active FROM res_users WHERE id = ${uid}`)
  if (user === undefined && uid !== 0) throw missingError('res.users', [uid], uid)
  if (user?.active !== 1 || !isRpcSecret(engine, uid, secret)) throw accessDenied()
}

/** Until 17 the token of a sign-in provider counts as its user's password (odoo 17.0 auth_oauth, _check_credentials). */
function isProviderToken(engine: Engine, uid: number, secret: string): boolean {
  if (!engine.version.rpc.takesProviderToken) return false
  return engine.db.get(sql`SELECT oauth_access_token FROM res_users WHERE id = ${uid}`)?.oauth_access_token === secret
}
