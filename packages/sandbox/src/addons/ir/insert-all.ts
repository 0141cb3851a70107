import type { Engine } from '../../engine/contract.ts'
import type { RelationTable } from '../../schema/model-row.ts'
import { insertRows, type NewRow } from '../../sql/insert-rows.ts'
import { momentText } from '../../value/moment.ts'

/** The user that owns what the installation made. */
const SYSTEM_UID = 1

/**
 * Inserts rows of a model as the installation's own. All have the columns of the first; those that the version's model
 * does not have are left out, and so is a model that it does not have.
 */
export function insertAll(engine: Engine, model: string, rows: readonly NewRow[]): void {
  const [first] = rows
  const target = engine.schema.models.get(model)
  if (first === undefined || target === undefined || target.isEmpty) return
  const names = Object.keys(first).filter((name) => target.fields.has(name))
  const now = momentText(engine.nowMs())
  const log = { create_uid: SYSTEM_UID, create_date: now, write_uid: SYSTEM_UID, write_date: now }
  const kept = target.fields.has('create_uid') ? log : {}
  const made = rows.map((row): NewRow => {
    const columns = Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
    return Object.assign(columns, kept)
  })
  insertRows(engine.db, target.table, made)
}

/** Inserts pairs of a many2many relation, each once. */
export function linkAll(
  engine: Engine,
  { table, left, right }: RelationTable,
  pairs: readonly (readonly [number, number])[],
): void {
  const once = new Map(pairs.map((pair) => [pair.join(), pair]))
  insertRows(
    engine.db,
    table,
    [...once.values()].map(([here, there]) => ({ [left]: here, [right]: there })),
  )
}
