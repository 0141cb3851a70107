import type { Engine } from '../../engine/contract.ts'
import { identifier, joinSql, type Sql, type SqlValue, sql } from '../../sql/sql-text.ts'
import { momentText } from '../../value/moment.ts'

/** The user that owns what the installation made. */
const SYSTEM_UID = 1

/** A row to insert, by column. */
export type NewRow = Readonly<Record<string, SqlValue>>

/**
 * Inserts rows of a model in one statement, as the installation's own. All rows have the columns of the first; so that
 * thousands take a few milliseconds.
 */
export function insertAll(engine: Engine, model: string, rows: readonly NewRow[]): void {
  const [first] = rows
  const target = engine.schema.models.get(model)
  if (first === undefined || target === undefined || target.isEmpty) return
  const names = Object.keys(first).filter((name) => target.fields.has(name))
  const now = momentText(engine.nowMs())
  const log: [string, SqlValue][] = [
    ['create_uid', SYSTEM_UID],
    ['create_date', now],
    ['write_uid', SYSTEM_UID],
    ['write_date', now],
  ]
  const kept = log.filter(([name]) => target.fields.has(name))
  const columns = joinSql([...names, ...kept.map(([name]) => name)].map(identifier), ', ')
  const values = joinSql([...names.map((_, index) => jsonItem(index)), ...kept.map(([, value]) => sql`${value}`)], ', ')
  const list = JSON.stringify(rows.map((row) => names.map((name) => row[name] ?? null)))
  engine.db.run(sql`INSERT INTO ${identifier(target.table)} (${columns}) SELECT ${values} FROM json_each(${list})`)
}

/** Inserts pairs of a many2many relation in one statement. */
export function linkAll(
  engine: Engine,
  relation: RelationColumns,
  pairs: readonly (readonly [number, number])[],
): void {
  const { table, left, right } = relation
  const columns = sql`${identifier(left)}, ${identifier(right)}`
  engine.db.run(sql`
    INSERT OR IGNORE INTO ${identifier(table)} (${columns})
    SELECT ${jsonItem(0)}, ${jsonItem(1)} FROM json_each(${JSON.stringify(pairs)})`)
}

/** A table of pairs with its two columns. */
export type RelationColumns = { readonly table: string; readonly left: string; readonly right: string }

function jsonItem(index: number): Sql {
  return { text: `value ->> ${index}`, params: [] }
}
