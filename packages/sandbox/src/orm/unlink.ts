import { checkChange, checkRecords } from '../access/check-records.ts'
import type { Orm } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import type { Model, Reference } from '../schema/model.ts'
import type { OnDelete } from '../schema/model-row.ts'
import { identifier, listOf, sql } from '../sql/sql-text.ts'
import { nameOfField } from './check-targets.ts'

/** Deletes records: rights and rules, the model's own objections, then what the database would do to those that lead here. */
export function unlinkRecords(orm: Orm, model: Model, ids: readonly number[]): void {
  const { version } = orm.engine.version
  if (version <= (model.row.readsBefore?.unlink ?? 0)) checkRecords(orm, model, ids, 'read')
  const real = checkChange(orm, model, ids, 'unlink')
  if (real.length === 0) return
  orm.engine.behaviours[model.name]?.beforeUnlink?.(orm.asSuperuser(), real)
  deleteRows(orm, model, real)
}

/** Deletes rows, and what goes with them as PostgreSQL's foreign keys would have it. */
function deleteRows(orm: Orm, model: Model, ids: readonly number[]): void {
  const { db, schema, version, consequences } = orm.engine
  for (const consequence of consequences) consequence.deleted?.(orm.asSuperuser(), model, ids)
  for (const reference of schema.referencesTo(model.name)) {
    const holders = leadingHere(orm, model, reference, ids)
    if (holders.length === 0) continue
    const { model: holder, field } = reference
    const action = onDelete(reference)
    if (action === 'restrict') throw validationError(version.say.recordInUse(nameOfField(holder, field)))
    if (action === 'cascade') deleteRows(orm, holder, holders)
    else {
      const column = identifier(field.name)
      db.run(sql`UPDATE ${identifier(holder.table)} SET ${column} = NULL WHERE "id" IN ${listOf(holders)}`)
    }
  }
  for (const { table, side } of schema.relationsOf(model.name)) {
    db.run(sql`DELETE FROM ${identifier(table)} WHERE ${identifier(side)} IN ${listOf(ids)}`)
  }
  db.run(sql`DELETE FROM ${identifier(model.table)} WHERE "id" IN ${listOf(ids)}`)
}

function leadingHere(orm: Orm, model: Model, { model: holder, field }: Reference, ids: readonly number[]): number[] {
  const column = identifier(field.name)
  const query = sql`SELECT "id" FROM ${identifier(holder.table)} WHERE ${column} IN ${listOf(ids)}`
  const found = orm.engine.db.all(query).map((row) => Number(row.id))
  return holder === model ? found.filter((id) => !ids.includes(id)) : found
}

function onDelete({ model, field }: Reference): OnDelete {
  return model.row.onDelete?.[field.name] ?? (field.required ? 'restrict' : 'set null')
}
