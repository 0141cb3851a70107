import { checkFields } from '../access/check-fields.ts'
import type { Orm } from '../engine/contract.ts'
import { userError, valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { identifier, joinSql, type Sql, sql } from '../sql/sql-text.ts'
import type { Joins } from './joins.ts'

/**
 * Reads an order in Odoo's words, `name desc, country_id`, into SQL. A many2one is ordered by the order of the model
 * that it leads to. Unset values come last, first when descending, as in PostgreSQL. Names come from the schema only.
 * Answers the terms, empty for no order; what they need is added to the joins.
 *
 * Source: odoo 18.0 models.py, _order_to_sql.
 */
export function orderBy(orm: Orm, model: Model, alias: Sql, order: string, joins: Joins): Sql {
  const terms: Sql[] = []
  const seen = new Set<string>()
  const ordered = new Set<string>()

  function addTerms(of: Model, table: Sql, text: string, reversed: boolean, path: string): void {
    for (const part of parseOrder(text)) {
      const field = of.fields.get(part.field)
      if (field === undefined) throw valueError(orm.engine.version.say.unknownField(of.name, part.field))
      const { guardsUnsearchable } = orm.engine.version.domain
      if (guardsUnsearchable || field.storage.kind !== 'computed') checkFields(orm, of, [field], 'read')
      addField(of, table, field, { ...part, descending: part.descending !== reversed }, path)
    }
  }

  function addField(of: Model, table: Sql, field: Field, part: OrderPart, path: string): void {
    if (field.storage.kind === 'path') {
      addPath(of, table, field.storage.path, part, path)
      return
    }
    if (field.storage.kind !== 'column') {
      if (orm.engine.version.unstoredOrder === 'ignored') return
      throw valueError(`Cannot convert ${of.name}.${field.name} to SQL because it is not stored`)
    }
    const column = sql`${table}.${identifier(field.name)}`
    if (field.type !== 'many2one' || part.step === 'id') {
      // As in PostgreSQL, a column that is there already decides nothing more; SQLite refuses 2,000 terms.
      if (ordered.has(column.text)) return
      ordered.add(column.text)
      const nulls = part.nulls ?? (part.descending ? 'first' : 'last')
      terms.push({ text: `${column.text} ${part.descending ? 'DESC' : 'ASC'} NULLS ${nulls}`, params: [] })
      return
    }
    const target = orm.model(field.relation ?? '')
    const step = `${path}.${field.name}`
    // A model whose order leads to itself, such as a parent, is followed once (odoo 18.0: seen).
    const key = `${of.name}.${field.name}`
    if (seen.has(key)) return
    seen.add(key)
    addTerms(target, joins.follow(target, column, step), target.order, part.descending, step)
  }

  function addPath(of: Model, table: Sql, fields: readonly string[], part: OrderPart, path: string): void {
    const [head = '', ...rest] = fields
    const field = of.fields.get(head)
    if (field === undefined) throw new TypeError(`${of.name} has a path over ${head}, which it does not have`)
    if (rest.length === 0) {
      addField(of, table, field, part, path)
      return
    }
    const target = orm.model(field.relation ?? '')
    const step = `${path}.${head}`
    addPath(target, joins.follow(target, sql`${table}.${identifier(head)}`, step), rest, part, step)
  }

  addTerms(model, alias, order, false, '')
  return joinSql(terms, ', ')
}

type OrderPart = {
  readonly field: string
  /** `id` after a many2one: order by the id itself. */
  readonly step: 'id' | undefined
  readonly descending: boolean
  readonly nulls: 'first' | 'last' | undefined
}

const PART = /^\s*([a-z0-9_]+)(\.id)?(\s+(asc|desc))?(\s+nulls\s+(first|last))?\s*$/i

function parseOrder(text: string): OrderPart[] {
  return text.split(',').map((part) => {
    const [, field, step, , direction, , nulls] = PART.exec(part) ?? []
    if (field === undefined) {
      throw userError(
        `Invalid "order" specified (${text}). A valid "order" specification is a comma-separated list of valid field ` +
          'names (optionally followed by asc/desc for the direction)',
      )
    }
    return {
      field,
      step: step === undefined ? undefined : 'id',
      descending: direction?.toLowerCase() === 'desc',
      nulls: nulls?.toLowerCase() === 'first' ? 'first' : nulls === undefined ? undefined : 'last',
    }
  })
}
