import type { Engine } from '../engine/contract.ts'
import { accessDenied, indexError, keyError, typeError } from '../fault/odoo-fault.ts'
import { languageNames } from '../schema/language-names.ts'
import { pythonType } from '../value/python-text.ts'
import type { ServiceMethod } from './common-service.ts'
import { namedByPosition, walked } from './service-arguments.ts'

/** The service `db` (odoo 18.0 service/db.py): what everybody may ask. */
const FREE_METHODS: readonly ServiceMethod[] = [
  { name: 'list', params: ['document?'], run: listDatabases },
  { name: 'db_exist', params: ['db_name'], run: (engine, { db_name: name }) => name === engine.database },
  { name: 'server_version', params: [], run: (engine) => engine.version.serverVersion },
  { name: 'list_lang', params: [], run: (engine) => languageNames(engine.version.version) },
]

function listDatabases(engine: Engine): readonly string[] {
  if (!engine.listsDatabases) throw accessDenied()
  return [engine.database]
}

/** What asks for the master password first. The sandbox has none, so that none is right. */
const GUARDED_METHODS: ReadonlySet<string> = new Set([
  'create_database',
  'duplicate_database',
  'drop',
  'dump',
  'restore',
  'rename',
  'change_admin_password',
  'migrate_databases',
  'list_countries',
])

/** Runs a method of the service `db`. */
export function callDatabaseService(engine: Engine, method: unknown, args: unknown): unknown {
  if (typeof method !== 'string') throw typeError(`can only concatenate str (not "${pythonType(method)}") to str`)
  const free = FREE_METHODS.find(({ name }) => name === method)
  if (free !== undefined) return free.run(engine, namedByPosition(`exp_${method}`, free.params, walked(args)))
  if (!GUARDED_METHODS.has(method)) throw keyError(`Method not found: ${method}`)
  if (walked(args).length === 0) throw indexError('list index out of range')
  throw accessDenied()
}
