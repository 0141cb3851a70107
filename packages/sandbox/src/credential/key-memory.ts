import { createHash } from 'node:crypto'
import type { Consequence, Engine } from '../engine/contract.ts'
import type { Database } from '../sql/database.ts'

/** The models whose changes make Odoo forget what it keeps in memory, as far as the sandbox has them. */
const CLEARING: ReadonlySet<string> = new Set([
  'ir.config_parameter',
  'ir.default',
  'ir.model.access',
  'ir.rule',
  'res.company',
  'res.groups',
  'res.lang',
  'res.users',
])

const remembered = new WeakMap<Database, Set<string>>()

/**
 * Notes that a key opened a call over RPC. Odoo remembers it in the worker, so that a key which is revoked opens
 * further calls until something clears that memory (odoo 18.0 res_users.py, check).
 */
export function rememberKey(engine: Engine, uid: number, key: string): void {
  const known = remembered.get(engine.db) ?? new Set<string>()
  remembered.set(engine.db, known.add(entryOf(uid, key)))
}

/** Did the key open a call of the user since the memory was cleared? */
export function isRemembered(engine: Engine, uid: number, key: string): boolean {
  return remembered.get(engine.db)?.has(entryOf(uid, key)) === true
}

/** Clears the memory. */
export const keyMemory: Consequence = {
  changed: ({ engine }, model) => forget(engine, model.name),
  deleted: ({ engine }, model) => forget(engine, model.name),
}

function forget(engine: Engine, model: string): void {
  if (CLEARING.has(model)) remembered.delete(engine.db)
}

function entryOf(uid: number, key: string): string {
  return `${uid} ${createHash('sha256').update(key).digest('base64')}`
}
