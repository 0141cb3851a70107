import type { Orm, Values } from '../engine/contract.ts'
import type { Field, InverseStorage } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { inverseCondition } from '../sql/inverse-condition.ts'
import { identifier, joinSql, listOf, sql } from '../sql/sql-text.ts'
import { fromColumn } from '../value/column-value.ts'
import { searchCondition, visibleIds } from './search.ts'

/**
 * Values of records by id, whatever the user's rights; ids that do not exist are left out. Columns come in one
 * statement, each relation in one more. Lists of records hold only those that the user may see, in their model's order.
 */
export function valuesOf(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  fields: readonly Field[],
): Map<number, Values> {
  const records = columnValues(orm, model, ids, fields)
  const found = [...records.keys()]
  if (found.length === 0) return records
  for (const field of fields) {
    if (field.storage.kind === 'column') continue
    const values = fieldValues(orm, model, found, field)
    for (const [id, record] of records) record[field.name] = values.get(id) ?? emptyValue(field)
  }
  return records
}

/** What a field without any value answers. */
export function emptyValue(field: Field): unknown {
  if (field.type === 'one2many' || field.type === 'many2many') return []
  return fromColumn(field, null)
}

function columnValues(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  fields: readonly Field[],
): Map<number, Record<string, unknown>> {
  const records = new Map<number, Record<string, unknown>>()
  if (ids.length === 0) return records
  const stored = fields.filter((field) => field.storage.kind === 'column')
  const columns = joinSql(
    ['id', ...stored.map((field) => field.name)].map((name) => identifier(name)),
    ', ',
  )
  const query = sql`SELECT ${columns} FROM ${identifier(model.table)} WHERE "id" IN ${listOf(ids)}`
  for (const row of orm.engine.db.all(query)) {
    const record: Record<string, unknown> = {}
    for (const field of stored) record[field.name] = fromColumn(field, row[field.name])
    records.set(Number(row.id), record)
  }
  return records
}

function fieldValues(orm: Orm, model: Model, ids: readonly number[], field: Field): Map<number, unknown> {
  switch (field.storage.kind) {
    case 'inverse':
      return linkedIds(orm, field, inversePairs(orm, model, ids, field, field.storage))
    case 'relation': {
      const { table, left, right } = field.storage
      const from = sql`SELECT ${identifier(left)} AS "here", ${identifier(right)} AS "there" FROM ${identifier(table)}`
      const pairs = orm.engine.db.all(sql`${from} WHERE ${identifier(left)} IN ${listOf(ids)}`)
      return linkedIds(orm, field, pairs)
    }
    case 'path':
      return valuesAlongPath(orm, model, ids, field.storage.path)
    default:
      return computedValues(orm, model, ids, field)
  }
}

type Pair = Readonly<Record<string, unknown>>

function inversePairs(orm: Orm, model: Model, ids: readonly number[], field: Field, storage: InverseStorage): Pair[] {
  const table = identifier(orm.model(field.relation ?? '').table)
  const back = identifier(storage.inverse)
  const ofModel = inverseCondition(model, storage)
  return orm.engine.db.all(
    sql`SELECT ${back} AS "here", "id" AS "there" FROM ${table} WHERE ${back} IN ${listOf(ids)}${ofModel}`,
  )
}

/** Groups linked ids by record, leaves out those that the user does not see, and orders them as their model says. */
function linkedIds(orm: Orm, field: Field, pairs: readonly Pair[]): Map<number, unknown> {
  const linked = new Map<number, number[]>()
  if (pairs.length === 0) return linked
  const target = orm.model(field.relation ?? '')
  const all = [...new Set(pairs.map((pair) => Number(pair.there)))]
  // Odoo searches the other model for one2many, with its rights; for many2many it applies the rules only.
  const shown =
    field.type === 'one2many'
      ? searchCondition(orm, target, { kind: 'term', path: 'id', operator: 'in', value: all }, {})
      : visibleIds(orm, target, all)
  const holders = new Map<number, number[]>()
  for (const pair of pairs) {
    const there = Number(pair.there)
    const known = holders.get(there)
    if (known === undefined) holders.set(there, [Number(pair.here)])
    else known.push(Number(pair.here))
  }
  for (const id of shown) {
    for (const holder of holders.get(id) ?? []) {
      const list = linked.get(holder)
      if (list === undefined) linked.set(holder, [id])
      else list.push(id)
    }
  }
  return linked
}

/** Follows many2one fields as superuser, as Odoo reads related fields. */
function valuesAlongPath(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  path: readonly string[],
): Map<number, unknown> {
  const [head = '', ...rest] = path
  const reader = orm.asSuperuser()
  const here = reader.values(model.name, ids, [head])
  const values = new Map<number, unknown>()
  for (const [id, record] of here) values.set(id, record[head])
  if (rest.length === 0) return values
  const target = model.fields.get(head)?.relation ?? ''
  const next = [...new Set([...values.values()].filter((value): value is number => typeof value === 'number'))]
  const there = valuesAlongPath(orm, orm.model(target), next, rest)
  for (const [id, value] of values) {
    if (typeof value === 'number') values.set(id, there.get(value))
    else values.delete(id)
  }
  return values
}

function computedValues(orm: Orm, model: Model, ids: readonly number[], field: Field): Map<number, unknown> {
  if (field.name === 'display_name') return orm.names(model.name, ids)
  const compute = orm.engine.behaviours[model.name]?.computed?.[field.name]
  if (compute === undefined) throw new TypeError(`Nothing works out ${model.name}.${field.name}`)
  return compute(orm, ids)
}
