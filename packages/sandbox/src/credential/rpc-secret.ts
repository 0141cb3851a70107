import type { Engine } from '../engine/contract.ts'
import { accessDenied, missingError, typeError } from '../fault/odoo-fault.ts'
import { sql } from '../sql/sql-text.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'
import { checkApiKey } from './api-key.ts'
import { isRemembered, rememberKey } from './key-memory.ts'
import { isPassword } from './password.ts'
import { secondFactorOf } from './second-factor.ts'

/** The scope that keys are asked for over RPC. No key has it, so that only those for everything do. */
const RPC_SCOPE = 'rpc'

/** What opens calls of a user over RPC: the password, unless there is a second factor, or an API key. */
export type RpcSecret = 'password' | 'key'

/**
 * What the secret is to the user, if it opens calls (odoo 18.0 res_users.py, Users._check_credentials). One that is
 * neither empty nor text is a TypeError.
 */
export function rpcSecretOf(engine: Engine, uid: number, secret: unknown): RpcSecret | undefined {
  if (!pythonTruth(secret)) return undefined
  if (typeof secret !== 'string') throw typeError(`secret must be unicode or bytes, not ${pythonType(secret)}`)
  const hasSecondFactor = secondFactorOf(engine, uid) !== undefined
  if (!hasSecondFactor && isPassword(engine, uid, secret)) return 'password'
  return checkApiKey(engine, secret, RPC_SCOPE) === uid ? 'key' : undefined
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
  if (user?.active !== 1) throw accessDenied()
  const opener = rpcSecretOf(engine, uid, secret)
  if (opener === 'key') rememberKey(engine, uid, String(secret))
  if (opener === undefined && !isRemembered(engine, uid, String(secret))) throw accessDenied()
}
