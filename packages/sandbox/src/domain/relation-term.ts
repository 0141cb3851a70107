import type { Term } from '../engine/condition.ts'
import { type Field, isX2many } from '../schema/field.ts'
import { ALWAYS, balanced, identifier, listOf, type Sql, sql } from '../sql/sql-text.ts'
import { comparableId } from '../value/comparable.ts'
import { columnTerm, isUnset } from './column-term.ts'
import { clockOf } from './date-column.ts'
import { anyName, nameCondition } from './name-condition.ts'
import { linkedTo, type Scope } from './scope.ts'

/**
 * A comparison of a relational field. Ids are compared as they are; text is looked up as a name in the related model:
 * `['country_id', '=', 'Belgium']`. `false` asks for records that lead nowhere.
 */
export function relationTerm(scope: Scope, field: Field, term: Term): Sql {
  const { operator, value } = term
  if (operator.endsWith('like')) return byName(scope, field, operator, value)
  const given = Array.isArray(value) ? value : [value]
  const { names, others } = partition(given)
  // Until 18 a list that a list of records is compared with holds ids only.
  const idsOnly = Array.isArray(value) && isX2many(field) && scope.orm.engine.version.domain.style === 'terms'
  if (names.length === 0 || idsOnly) return byId(scope, field, operator, idsOnly ? given : others, Array.isArray(value))
  const denied = operator === '!=' || operator === 'not in'
  const found = [byAnyName(scope, field, names)]
  if (others.length > 0) found.push(byId(scope, field, 'in', others, true))
  const any = balanced(found, 'OR')
  return denied ? sql`NOT COALESCE((${any}), 0)` : sql`(${any})`
}

/** Values that are names, and the rest: ids, ids as text, and unset. */
export function partition(values: readonly unknown[]): { names: readonly string[]; others: readonly unknown[] } {
  const names: string[] = []
  const others: unknown[] = []
  for (const value of values) {
    if (typeof value === 'string' && !/^\d+$/.test(value)) names.push(value)
    else others.push(value)
  }
  return { names, others }
}

function byId(scope: Scope, field: Field, operator: string, values: readonly unknown[], listed: boolean): Sql {
  const dialect = scope.orm.engine.version.domain
  if (field.type === 'many2one') {
    const column = sql`${scope.alias}.${identifier(field.name)}`
    return columnTerm({
      field,
      column,
      operator,
      value: listed ? values : values[0],
      dialect,
      clock: clockOf(scope.orm),
    })
  }
  const denied = operator === '!=' || operator === 'not in'
  const hashed = dialect.style === 'conditions'
  const ids = values.filter((value) => !isUnset(value)).map((value) => comparableId(value, hashed))
  const found: Sql[] = []
  if (ids.length > 0) found.push(linkedTo(scope, field, listOf(ids)))
  if (ids.length < values.length) found.push(sql`NOT ${linkedAtAll(scope, field)}`)
  const any = balanced(found, 'OR')
  return denied ? sql`NOT (${any})` : sql`(${any})`
}

/** The records whose field leads to at least one record. */
function linkedAtAll(scope: Scope, field: Field): Sql {
  const target = scope.orm.model(field.relation ?? '')
  return linkedTo(scope, field, sql`SELECT "id" FROM ${identifier(target.table)}`)
}

/** One condition over all names: thousands of them stay one statement that SQLite can plan. */
function byAnyName(scope: Scope, field: Field, names: readonly string[]): Sql {
  const target = scope.orm.model(field.relation ?? '')
  const either = anyName(target, '=', names)
  return linkedTo(scope, field, scope.matching(scope.orm, target, either, field.type === 'many2one'))
}

function byName(scope: Scope, field: Field, operator: string, value: unknown): Sql {
  const denied = operator.startsWith('not ')
  if (isUnset(value)) {
    const any = scope.orm.engine.version.domain.likeUnsetFinds === 'linked' ? linkedAtAll(scope, field) : ALWAYS
    return denied ? sql`NOT (${any})` : any
  }
  const target = scope.orm.model(field.relation ?? '')
  const positive = denied ? operator.slice(4) : operator
  const found = scope.matching(scope.orm, target, nameCondition(target, positive, value), field.type === 'many2one')
  const linked = linkedTo(scope, field, found)
  return denied ? sql`NOT COALESCE((${linked}), 0)` : linked
}
