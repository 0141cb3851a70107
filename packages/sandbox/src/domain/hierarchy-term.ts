import type { Term } from '../engine/condition.ts'
import { typeError, valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { balanced, identifier, listOf, NEVER, type Sql, sql } from '../sql/sql-text.ts'
import { comparableId } from '../value/comparable.ts'
import { pythonTuple, pythonType } from '../value/python-text.ts'
import { isUnset } from './column-term.ts'
import { anyName } from './name-condition.ts'
import { partition } from './relation-term.ts'
import { linkedTo, type Scope } from './scope.ts'

/**
 * `child_of` and `parent_of`: the records given, and all below or above them. On `id` they are records of the model
 * itself; on a relation to the same model, that relation is what leads upwards; else it is the related model's parent
 * field (odoo 18.0 osv/expression.py, child_of_domain).
 */
export function hierarchyTerm(scope: Scope, field: Field, term: Term): Sql {
  const downwards = term.operator === 'child_of'
  const own = field.name === 'id' || field.relation === scope.model.name
  const model = own ? scope.model : scope.orm.model(field.relation ?? scope.model.name)
  const given = Array.isArray(term.value) ? term.value : [checkedStart(scope, term)]
  const start = startingIds(scope, model, given)
  if (start === undefined) return NEVER
  const upwardField = own && field.name !== 'id' && field.type === 'many2one' ? field.name : model.parentField
  const tree = walk(model, upwardField, start, downwards)
  return own && (field.name === 'id' || field.type === 'many2one')
    ? sql`${scope.alias}."id" IN (${tree})`
    : linkedTo(scope, field, tree)
}

/** What Odoo takes in place of a list: an id, a name, or nothing. */
function checkedStart(scope: Scope, { path, operator, value }: Term): unknown {
  const single = typeof value === 'string' || typeof value === 'boolean' || Number.isInteger(value)
  const hashed = scope.orm.engine.version.domain.style === 'conditions'
  if (single || (hashed && isUnset(value))) return value
  const type = pythonType(value)
  throw hashed
    ? valueError(
        `Value of type <class '${type}'> is not supported in condition ${pythonTuple([path, operator, value])}`,
      )
    : typeError(`'${type}' object is not iterable`)
}

function startingIds(scope: Scope, model: Model, given: readonly unknown[]): Sql | undefined {
  const { names, others } = partition(given)
  const hashed = scope.orm.engine.version.domain.style === 'conditions'
  const ids = others.filter((item) => !isUnset(item)).map((item) => comparableId(item, hashed))
  const parts: Sql[] = []
  if (ids.length > 0) parts.push(sql`"id" IN ${listOf(ids)}`)
  if (names.length > 0) {
    parts.push(sql`"id" IN (${scope.matching(scope.orm, model, anyName(model, 'ilike', names), true)})`)
  }
  return parts.length === 0 ? undefined : balanced(parts, 'OR')
}

/** UNION, not UNION ALL: a loop in the data ends the walk instead of the server. */
function walk(model: Model, upwardField: string, start: Sql, downwards: boolean): Sql {
  const table = identifier(model.table)
  if (!model.fields.has(upwardField)) return sql`SELECT "id" FROM ${table} WHERE ${start}`
  const up = identifier(upwardField)
  const step = downwards
    ? sql`SELECT below."id" FROM ${table} AS below JOIN tree ON below.${up} = tree.id`
    : sql`SELECT here.${up} FROM ${table} AS here JOIN tree ON here."id" = tree.id WHERE here.${up} IS NOT NULL`
  return sql`WITH RECURSIVE tree(id) AS (SELECT "id" FROM ${table} WHERE ${start} UNION ${step}) SELECT id FROM tree`
}
