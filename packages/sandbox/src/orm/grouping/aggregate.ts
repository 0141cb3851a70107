import { inRelease } from '../../engine/in-release.ts'
import { databaseError, valueError } from '../../fault/odoo-fault.ts'
import type { Field, FieldType } from '../../schema/field.ts'
import { type Sql, type SqlValue, sql } from '../../sql/sql-text.ts'
import { kindOf } from '../../value/field-kinds.ts'
import { dayText } from '../../value/moment.ts'
import { pythonRepr, recordsText } from '../../value/python-text.ts'
import { parseGroupSpec } from './group-key.ts'
import { fieldColumn, type GroupSource } from './group-source.ts'

/** A value that is worked out for each group. */
export type Aggregate = {
  readonly column: Sql
  /** The value as Odoo answers it, of what SQLite gave. */
  readonly show: (value: SqlValue | undefined) => unknown
  /** Of no records at all. */
  readonly empty: unknown
}

type AggregateRow = {
  /** May PostgreSQL do it with such a column? */
  readonly takes: (type: FieldType) => boolean
  readonly column: (column: Sql, alias: Sql) => Sql
  readonly shows: 'count' | 'number' | 'value' | 'values' | 'records'
  /** The first version that has it. */
  readonly since?: number
}

const NUMBERS: ReadonlySet<FieldType> = new Set([
  ...(['integer', 'float', 'monetary', 'many2one', 'many2one_reference'] as const),
])
const number = (type: FieldType): boolean => NUMBERS.has(type)
const comparable = (type: FieldType): boolean => type !== 'boolean' && type !== 'json'
const anything = (): boolean => true
const listed = (column: Sql, alias: Sql): Sql => sql`json_group_array(${column} ORDER BY ${alias}."id")`

/** odoo 19.0 models.py, READ_GROUP_AGGREGATE. */
const AGGREGATES: Readonly<Record<string, AggregateRow>> = {
  sum: { takes: number, column: (column) => sql`SUM(${column})`, shows: 'number' },
  avg: { takes: number, column: (column) => sql`AVG(${column})`, shows: 'number' },
  max: { takes: comparable, column: (column) => sql`MAX(${column})`, shows: 'value' },
  min: { takes: comparable, column: (column) => sql`MIN(${column})`, shows: 'value' },
  bool_and: { takes: (type) => type === 'boolean', column: (column) => sql`MIN(${column})`, shows: 'value' },
  bool_or: { takes: (type) => type === 'boolean', column: (column) => sql`MAX(${column})`, shows: 'value' },
  count: { takes: anything, column: (column) => sql`COUNT(${column})`, shows: 'count' },
  count_distinct: { takes: anything, column: (column) => sql`COUNT(DISTINCT ${column})`, shows: 'count' },
  array_agg: { takes: anything, column: listed, shows: 'values' },
  array_agg_distinct: {
    takes: anything,
    column: (column) => sql`json_group_array(DISTINCT ${column} ORDER BY ${column})`,
    shows: 'values',
    since: 19,
  },
  recordset: { takes: anything, column: listed, shows: 'records' },
}

/** Reads `__count` or `field:function` (odoo 18.0 models.py, _read_group_select). */
export function aggregateOf(source: GroupSource, spec: string): Aggregate {
  if (spec === '__count') return counted(sql`COUNT(*)`)
  const { orm, model } = source
  const { field: name, rest, func } = parseGroupSpec(spec)
  if (rest !== undefined) throw valueError(`Invalid ${pythonRepr(spec)}, this dot notation is not supported`)
  const field = model.fields.get(name)
  if (field === undefined) {
    throw valueError(`Invalid field ${pythonRepr(name)} on model ${pythonRepr(model.name)} for ${pythonRepr(spec)}.`)
  }
  if (func === undefined) throw valueError(`Aggregate method is mandatory for ${pythonRepr(name)}`)
  const { version, groups } = orm.engine.version
  if (func === 'sum_currency' && groups.sumsCurrencies) return sumInCompanyCurrency(source, field)
  const row = Object.hasOwn(AGGREGATES, func) ? AGGREGATES[func] : undefined
  if (row === undefined || !inRelease(row, version)) {
    throw valueError(`Invalid aggregate method ${pythonRepr(func)} for ${pythonRepr(spec)}.`)
  }
  if (row.shows === 'records' && field.relation === undefined && name !== 'id') {
    const what = `Aggregate method ${pythonRepr(func)} can be only used on relational field (or id)`
    throw valueError(`${what} (for ${pythonRepr(spec)}).`)
  }
  const column = fieldColumn(source, field)
  if (!row.takes(field.type)) throw noSuchFunction(func, field)
  return shownAggregate(source, row, field, row.column(column, source.alias))
}

function counted(column: Sql): Aggregate {
  return { column, show: (value) => value ?? 0, empty: 0 }
}

function shownAggregate({ model }: GroupSource, row: AggregateRow, field: Field, column: Sql): Aggregate {
  const show = (value: SqlValue | undefined): unknown =>
    value === null || value === undefined ? null : kindOf(field).show(value)
  switch (row.shows) {
    case 'count':
      return counted(column)
    case 'number':
      // PostgreSQL adds decimal numbers up without an error in the last place.
      return {
        column,
        show: (value) => (typeof value === 'number' ? Number(value.toPrecision(15)) : false),
        empty: false,
      }
    case 'value':
      return { column, show: (value) => show(value) ?? false, empty: false }
    case 'values':
      return { column, show: (value) => valuesIn(value).map(show), empty: [] }
    case 'records': {
      const target = field.relation ?? model.name
      return { column, show: (value) => distinctRecords(target, valuesIn(value)), empty: `${target}()` }
    }
  }
}

function valuesIn(value: SqlValue | undefined): SqlValue[] {
  return typeof value === 'string' ? JSON.parse(value) : []
}

/** A set of records has no JSON: Odoo's wire carries its Python text. */
function distinctRecords(model: string, ids: readonly SqlValue[]): string {
  const known = [...new Set(ids)].filter((id) => id !== null)
  return recordsText(model, known)
}

/** A sum of money in the company's currency, by the last rate of today (odoo 19.0 models.py, sum_currency). */
function sumInCompanyCurrency(source: GroupSource, field: Field): Aggregate {
  if (field.type !== 'monetary') {
    throw valueError(`Aggregator "sum_currency" only works on currency field for ${pythonRepr(field.name)}`)
  }
  const currency = source.model.fields.get(field.currencyField ?? 'currency_id')
  if (currency === undefined) throw new TypeError(`${source.model.name}.${field.name} has no currency`)
  const rate = sql`SELECT rate FROM res_currency_rate WHERE currency_id = ${fieldColumn(source, currency)}
    AND name <= ${dayText(source.orm.engine.nowMs())} ORDER BY name DESC LIMIT 1`
  const column = sql`SUM(${fieldColumn(source, field)} / COALESCE((${rate}), 1.0))`
  return { column, show: (value) => value ?? false, empty: false }
}

/** The names of PostgreSQL for the types of columns. */
const POSTGRES_TYPES: Partial<Record<FieldType, string>> = {
  boolean: 'boolean',
  integer: 'integer',
  float: 'double precision',
  monetary: 'numeric',
  text: 'text',
  html: 'text',
  date: 'date',
  datetime: 'timestamp without time zone',
  many2one: 'integer',
  many2one_reference: 'integer',
  json: 'jsonb',
}

function noSuchFunction(func: string, field: Field): Error {
  const type = POSTGRES_TYPES[field.type] ?? 'character varying'
  return databaseError(
    'UndefinedFunction',
    `function ${func}(${type}) does not exist\nHINT:  No function matches the given name and argument types. ` +
      'You might need to add explicit type casts.\n',
  )
}
