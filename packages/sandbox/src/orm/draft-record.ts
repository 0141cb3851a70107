import type { Orm, Values } from '../engine/contract.ts'
import { hasColumn } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { identifier, joinSql, type SqlValue, sql } from '../sql/sql-text.ts'
import { setColumns } from './change-rows.ts'
import { writeList } from './commands.ts'
import { splitValues } from './split-values.ts'

/**
 * Makes a row that a form may be tried out on: nothing has to be set, no right is asked and nothing follows from it. Only
 * for use within a savepoint that is undone.
 */
export function insertDraft(orm: Orm, model: Model): number {
  const columns: Record<string, SqlValue> = {}
  for (const field of model.fields.values()) {
    if (hasColumn(field) && field.name !== 'id' && field.type === 'boolean') columns[field.name] = 0
  }
  const { inherits } = model.row
  if (inherits !== undefined) columns[inherits.field] = insertDraft(orm, orm.model(inherits.model))
  const names = joinSql(Object.keys(columns).map(identifier), ', ')
  const values = joinSql(
    Object.values(columns).map((value) => sql`${value}`),
    ', ',
  )
  const into = sql`INSERT INTO ${identifier(model.table)}`
  return orm.engine.db.run(names.text === '' ? sql`${into} DEFAULT VALUES` : sql`${into} (${names}) VALUES (${values})`)
}

/** Sets values of such a row, or of any other, with nothing that would follow from them. Unknown names are left out. */
export function setDraft(orm: Orm, model: Model, id: number, values: Values): void {
  const all = orm.asSuperuser()
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => model.fields.has(name)))
  const { columns, lists, paths, computed } = splitValues(model, known, (name) => new TypeError(`No field ${name}`))
  setColumns(all, model, [id], columns)
  for (const { field, value } of lists) writeList(all, model, id, field, value)
  for (const { field, value } of computed) all.engine.behaviours[model.name]?.inverse?.[field.name]?.(all, [id], value)
  for (const { field, value } of paths) {
    const [head = '', ...rest] = field.storage.kind === 'path' ? field.storage.path : []
    const target = all.values(model.name, [id], [head]).get(id)?.[head]
    const inherited = head === model.row.inherits?.field && rest.length === 1
    if (inherited && typeof target === 'number') {
      setDraft(all, all.model(model.row.inherits?.model ?? ''), target, { [rest[0] ?? '']: value })
    }
  }
}
