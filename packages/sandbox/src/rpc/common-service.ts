import { rpcSecretOf } from '../credential/rpc-secret.ts'
import type { Engine } from '../engine/contract.ts'
import { assertionError, typeError } from '../fault/odoo-fault.ts'
import { serverVersion } from '../session/session-info.ts'
import { sql } from '../sql/sql-text.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'
import { checkDatabase } from './service-arguments.ts'

/** A method of a service: its parameters in order, and what it does with them. */
export type ServiceMethod = {
  readonly name: string
  /** A name that ends in `?` may be left out. */
  readonly params: readonly string[]
  readonly run: (engine: Engine, args: Readonly<Record<string, unknown>>) => unknown
}

/** The service `common`, which everybody may call (odoo 18.0 service/common.py). */
export const COMMON_METHODS: readonly ServiceMethod[] = [
  { name: 'version', params: [], run: (engine) => versionFacts(engine) },
  { name: 'login', params: ['db', 'login', 'password'], run: authenticate },
  { name: 'authenticate', params: ['db', 'login', 'password', 'user_agent_env'], run: authenticate },
  {
    name: 'about',
    params: ['extended?'],
    run: (engine, { extended }) => (pythonTruth(extended) ? [ABOUT, engine.version.serverVersion] : ABOUT),
  },
  { name: 'set_loglevel', params: ['loglevel', 'logger?'], run: () => true },
]

const ABOUT = 'See http://openerp.com'

/** What a client learns of the server before it signs in. */
function versionFacts(engine: Engine): Readonly<Record<string, unknown>> {
  return { ...serverVersion(engine), server_serie: engine.version.serverVersion, protocol_version: 1 }
}

/** The user's id, or `false`: nothing tells an unknown user from a wrong secret. */
function authenticate(engine: Engine, args: Readonly<Record<string, unknown>>): number | false {
  const { db, login, password, user_agent_env: agent } = args
  checkDatabase(engine, db)
  if (pythonTruth(agent) && (typeof agent !== 'object' || Array.isArray(agent))) {
    throw typeError(`'${pythonType(agent)}' object is not a mapping`)
  }
  if (typeof login !== 'string') return false
  const found = engine.db.get(sql`SELECT id FROM res_users WHERE login = ${login} AND active = 1`)
  if (found === undefined) return false
  const uid = Number(found.id)
  if (!pythonTruth(password) && engine.version.rpc.emptyPassword === 'assertion') {
    throw assertionError('scope and key required')
  }
  if (rpcSecretOf(engine, uid, password) === undefined) return false
  engine.db.run(sql`UPDATE sandbox_credential SET signed_in = 1 WHERE user_id = ${uid}`)
  return uid
}
