import type { Orm } from '../engine/contract.ts'
import { IntegrityFault } from '../fault/integrity-fault.ts'
import type { Model } from '../schema/model.ts'
import { identifier, joinSql, listOf, type SqlValue, sql } from '../sql/sql-text.ts'
import { momentText } from '../value/moment.ts'

type Columns = Readonly<Record<string, SqlValue>>

/** Inserts a row, with who made it and when; answers its id. */
export function insertRow(orm: Orm, model: Model, columns: Columns): number {
  const all = { ...columns, ...loggedColumns(orm, model, 'create'), ...loggedColumns(orm, model, 'write') }
  const names = joinSql(Object.keys(all).map(identifier), ', ')
  const values = joinSql(
    Object.values(all).map((value) => sql`${value}`),
    ', ',
  )
  return guarded(model, () =>
    orm.engine.db.run(sql`INSERT INTO ${identifier(model.table)} (${names}) VALUES (${values})`),
  )
}

/** Changes rows, with who did it and when. */
export function updateRows(orm: Orm, model: Model, ids: readonly number[], columns: Columns): void {
  setColumns(orm, model, ids, { ...columns, ...loggedColumns(orm, model, 'write') })
}

/** Changes columns and nothing else. */
export function setColumns(orm: Orm, model: Model, ids: readonly number[], columns: Columns): void {
  const entries = Object.entries(columns)
  if (entries.length === 0 || ids.length === 0) return
  const changes = joinSql(
    entries.map(([name, value]) => sql`${identifier(name)} = ${value}`),
    ', ',
  )
  guarded(model, () =>
    orm.engine.db.run(sql`UPDATE ${identifier(model.table)} SET ${changes} WHERE "id" IN ${listOf(ids)}`),
  )
}

/** Some models keep no log (`_log_access`). */
function loggedColumns(orm: Orm, model: Model, event: 'create' | 'write'): Columns {
  if (!model.fields.has(`${event}_uid`)) return {}
  return { [`${event}_uid`]: orm.uid, [`${event}_date`]: momentText(orm.engine.nowMs()) }
}

/** Says a hurt uniqueness in the model's own words. SQLite names the columns: `UNIQUE constraint failed: t.a, t.b`. */
function guarded<T>(model: Model, change: () => T): T {
  try {
    return change()
  } catch (error) {
    const failed = error instanceof Error ? /^UNIQUE constraint failed: (.+)$/.exec(error.message)?.[1] : undefined
    if (failed === undefined) throw error
    const columns = failed.split(', ').map((name) => name.slice(name.indexOf('.') + 1))
    const row = model.row.unique?.find((unique) => unique.columns.join() === columns.join())
    const sentence = row?.message ?? failed
    throw new IntegrityFault(`The operation cannot be completed: ${sentence}`, {
      kind: 'unique',
      fields: columns,
      sentence,
    })
  }
}
