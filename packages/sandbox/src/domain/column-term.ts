import { valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import { traitsOf } from '../schema/field-traits.ts'
import { ALWAYS, listOf, NEVER, type Sql, type SqlValue, sql } from '../sql/sql-text.ts'
import type { Clock } from '../value/domain-moment.ts'
import { kindOf } from '../value/field-kinds.ts'
import { pythonText, pythonTruth, pythonTuple } from '../value/python-text.ts'
import type { DomainDialect } from '../version/domain-dialect.ts'
import { matches } from './like-pattern.ts'

/** A comparison of a column with a value. `column` is qualified; `field` says what the value is compared as. */
export type ColumnTerm = {
  readonly field: Field
  readonly column: Sql
  readonly operator: string
  readonly value: unknown
  readonly dialect: DomainDialect
  readonly clock: Clock
}

/**
 * Turns a comparison with a column into SQL. Unset values match `= false`, and also `!=`, `not in` and `not like` any
 * value; a number counts as unset when it is 0 (odoo 18.0 models.py, _condition_to_sql).
 */
export function columnTerm(term: ColumnTerm): Sql {
  const { column, operator, value } = term
  switch (operator) {
    case '=':
    case '!=':
      return equality(term)
    case 'in':
    case 'not in':
      return membership(term)
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (isUnset(value)) return NEVER
      return { text: `${column.text} ${operator} ?`, params: [...column.params, comparable(term, value)] }
    case '=?':
      return isUnset(value) ? ALWAYS : columnTerm({ ...term, operator: '=' })
    default:
      return likeness(term)
  }
}

function equality(term: ColumnTerm): Sql {
  const { column, field, operator, value } = term
  const equal = operator === '='
  if (field.type === 'boolean') {
    return pythonTruth(value) === equal ? sql`${column} = 1` : sql`(${column} IS NULL OR ${column} = 0)`
  }
  if (isUnset(value)) return equal ? unset(term) : sql`NOT ${unset(term)}`
  if (value === '' && emptyTextIsUnset(term)) {
    return equal ? sql`(${column} IS NULL OR ${column} = '')` : sql`(${column} IS NOT NULL AND ${column} <> '')`
  }
  const other = comparable(term, value)
  return equal ? sql`${column} = ${other}` : sql`(${column} IS NULL OR ${column} <> ${other})`
}

function membership(term: ColumnTerm): Sql {
  const { column, field } = term
  if (!Array.isArray(term.value) && !term.dialect.lenient) {
    throw valueError(`Invalid domain term ${pythonTuple([field.name, term.operator, term.value])}`)
  }
  const given = Array.isArray(term.value) ? term.value : [term.value]
  const set = given.filter((value) => !isUnset(value)).map((value) => comparable(term, value))
  const found: Sql[] = []
  if (set.length > 0) found.push(sql`${column} IN ${listOf(set)}`)
  if (set.length < given.length) found.push(field.type === 'boolean' ? sql`${column} = 0` : sql`${column} IS NULL`)
  if (field.type === 'boolean' && set.length < given.length) found.push(sql`${column} IS NULL`)
  const [first, ...others] = found
  const inside = first === undefined ? NEVER : others.reduce((left, right) => sql`${left} OR ${right}`, first)
  // COALESCE: an unset column compared with a list is neither in nor out of it for SQL; for Odoo it is out.
  return term.operator === 'in' ? sql`(${inside})` : sql`NOT COALESCE((${inside}), 0)`
}

function likeness(term: ColumnTerm): Sql {
  const { column, operator, value } = term
  const negative = operator.startsWith('not ')
  const kind = negative ? operator.slice(4) : operator
  const exact = kind.startsWith('=')
  if (!exact && (isUnset(value) || value === '')) return negative ? NEVER : ALWAYS
  const text = pythonText(value)
  const likes = matches(column, exact ? text : `%${text}%`, kind.endsWith('ilike'))
  return negative ? sql`(${column} IS NULL OR NOT (${likes}))` : likes
}

function unset(term: ColumnTerm): Sql {
  return traitsOf(term.field).unset === 'zero' && term.field.name !== 'id' && term.dialect.zeroIsUnset
    ? sql`(${term.column} IS NULL OR ${term.column} = 0)`
    : sql`(${term.column} IS NULL)`
}

/** The value in the column's own type. */
function comparable(term: ColumnTerm, value: unknown): SqlValue {
  return kindOf(term.field).compare(value, term)
}

/** Odoo's unset: false and null. */
export function isUnset(value: unknown): boolean {
  return value === false || value === null || value === undefined
}

function emptyTextIsUnset({ field, dialect }: ColumnTerm): boolean {
  const { unset: empty } = traitsOf(field)
  return (
    (empty === 'empty text' && dialect.emptyTextIsUnset) || (empty === 'empty choice' && dialect.emptyChoiceIsUnset)
  )
}
