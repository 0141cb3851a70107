import type { Condition, Term } from '../engine/condition.ts'
import type { Orm } from '../engine/contract.ts'
import { assertionError, keyError, valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import { ALWAYS, balanced, identifier, NEVER, type Sql, sql } from '../sql/sql-text.ts'
import { DATE_PARTS } from '../time/date-group.ts'
import { pythonTuple } from '../value/python-text.ts'
import { columnTerm } from './column-term.ts'
import { clockOf, dateColumn } from './date-column.ts'
import { gatherEquals } from './gather-equals.ts'
import { hierarchyTerm } from './hierarchy-term.ts'
import { nameCondition } from './name-condition.ts'
import { parseCondition } from './parse-condition.ts'
import { relationTerm } from './relation-term.ts'
import { linkedTo, type Scope } from './scope.ts'

/** Turns a condition into SQL over `scope.alias`. Values become parameters; names come from the schema only. */
export function compileCondition(scope: Scope, condition: Condition): Sql {
  switch (condition.kind) {
    case 'constant':
      return condition.holds ? ALWAYS : NEVER
    case 'all':
    case 'either': {
      const parts = gatherEquals(condition.kind, condition.parts).map((part) => compileCondition(scope, part))
      return balanced(parts, condition.kind === 'all' ? 'AND' : 'OR')
    }
    case 'not':
      return sql`NOT COALESCE((${compileCondition(scope, condition.part)}), 0)`
    case 'term':
      return compileTerm(scope, condition)
  }
}

function compileTerm(scope: Scope, term: Term): Sql {
  const [name = '', ...rest] = term.path.split('.')
  const { model } = scope
  const field = model.fields.get(name)
  const { say, domain } = scope.orm.engine.version
  if (field === undefined) {
    const quoted = pythonTuple([name, term.operator, term.value])
    throw valueError(say.unknownFieldInDomain(model.name, name, quoted))
  }
  if (domain.guardsUnsearchable || field.storage.kind !== 'computed') scope.requireReadable(model, field)
  if (rest.length > 0) return throughPath(scope, field, rest, term)
  if (field.storage.kind === 'path') return throughPath(scope, undefined, field.storage.path, term)
  if (term.operator === 'any' || term.operator === 'not any') return anyTerm(scope, field, term)
  if (term.operator === 'child_of' || term.operator === 'parent_of') return hierarchyTerm(scope, field, term)
  if (name === 'display_name' || field.storage.kind === 'computed') return computedTerm(scope, field, term)
  if (field.relation !== undefined) return relationTerm(scope, field, term)
  const column = sql`${scope.alias}.${identifier(name)}`
  return columnTerm({
    field,
    column,
    operator: term.operator,
    value: term.value,
    dialect: domain,
    clock: clockOf(scope.orm),
  })
}

/**
 * A dotted path: some record that its first step leads to matches the rest. A related field is a path from this very
 * model, followed with the rights of the superuser, as Odoo reads related fields.
 */
function throughPath(scope: Scope, first: Field | undefined, rest: readonly string[], term: Term): Sql {
  if (first !== undefined) {
    if (hasParts(scope, first)) return datePartTerm(scope, first, rest.join('.'), term)
    if (first.relation === undefined) throw notRelational(scope, first, rest, term)
    return someRelated(scope, first, { ...term, path: rest.join('.') }, scope.orm)
  }
  const [head = '', ...tail] = rest
  const step = scope.model.fields.get(head)
  if (step === undefined) throw new TypeError(`${scope.model.name} has a path over ${head}, which it does not have`)
  const end = { ...term, path: tail.join('.') }
  return tail.length === 0
    ? compileTerm(scope, { ...term, path: head })
    : someRelated(scope, step, end, scope.orm.asSuperuser())
}

/** Does the version know numbers of days and moments, as `['date', …].month_number`? */
function hasParts(scope: Scope, field: Field): boolean {
  return scope.orm.engine.version.datesHaveParts && (field.type === 'date' || field.type === 'datetime')
}

function datePartTerm(scope: Scope, field: Field, part: string, term: Term): Sql {
  if (!Object.hasOwn(DATE_PARTS, part)) {
    const known = Object.keys(DATE_PARTS).join(', ')
    throw valueError(`Error when processing the granularity ${part} is not supported. Only ${known} are supported`)
  }
  const column = dateColumn(scope.orm, sql`${scope.alias}.${identifier(field.name)}`, part)
  const dialect = { ...scope.orm.engine.version.domain, zeroIsUnset: false }
  return columnTerm({
    field: { ...field, type: 'integer' },
    column,
    operator: term.operator,
    value: term.value,
    dialect,
    clock: clockOf(scope.orm),
  })
}

function notRelational(scope: Scope, first: Field, rest: readonly string[], term: Term): Error {
  if (scope.orm.engine.version.domain.style === 'conditions') {
    return valueError(`Invalid field property '${rest[0]}' on ${scope.model.name}.${first.name}`)
  }
  const quoted = pythonTuple([term.path, term.operator, term.value])
  return assertionError(`Invalid field '${term.path}' in domain term ${quoted}`)
}

/** Some record that the field leads to matches; archived ones count for many2one only (odoo 17.0 expression.py). */
function someRelated(scope: Scope, field: Field, condition: Condition, orm: Orm): Sql {
  const target = orm.model(field.relation ?? '')
  const found = scope.matching(orm, target, condition, field.type === 'many2one')
  return linkedTo(scope, field, found)
}

function anyTerm(scope: Scope, field: Field, term: Term): Sql {
  const dialect = scope.orm.engine.version.domain
  if (field.relation === undefined) {
    if (dialect.style === 'terms') throw keyError(null)
    const quoted = pythonTuple([field.name, term.operator, term.value])
    throw valueError(`Cannot use '${term.operator}' with non-relational fields in condition ${quoted}`)
  }
  const some = someRelated(scope, field, parseCondition(term.value, dialect), scope.orm)
  return term.operator === 'any' ? some : sql`NOT COALESCE((${some}), 0)`
}

function computedTerm(scope: Scope, field: Field, term: Term): Sql {
  const { orm, model } = scope
  const search = orm.engine.behaviours[model.name]?.searched?.[field.name]
  if (search !== undefined) {
    const replaced = parseCondition(search(orm, term.operator, term.value), orm.engine.version.domain)
    return compileCondition(scope, replaced)
  }
  if (field.name === 'display_name' && field.searchable) {
    return compileCondition(scope, nameCondition(model, term.operator, term.value))
  }
  if (orm.engine.version.domain.unsearchable === 'everything') return ALWAYS
  throw valueError(`Cannot convert ${model.name}.${field.name} to SQL because it is not stored`)
}
