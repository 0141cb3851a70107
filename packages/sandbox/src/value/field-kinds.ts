import { valueError } from '../fault/odoo-fault.ts'
import type { Field, FieldType } from '../schema/field.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import type { DomainDialect } from '../version/domain-dialect.ts'
import { shortened, toFloat, toInteger, toNumber, toText } from './coerce.ts'
import { comparableId } from './comparable.ts'
import { boundOf, type Clock, postgresMoment, relativeMoment } from './domain-moment.ts'
import { parseDay, parseMoment } from './moment.ts'
import { pythonRepr, pythonText, pythonTruth } from './python-text.ts'
import { sanitizeHtml } from './sanitize-html.ts'

/** What a kind of field does with its values. Source: the classes of odoo 18.0 fields.py. */
export type FieldKind = {
  /** What is kept of a value that a client wrote (`convert_to_column`), or Odoo's error. `model` is for its message. */
  readonly keep: (value: unknown, field: Field, model: string) => SqlValue
  /** The value as Odoo answers it (`convert_to_read`). */
  readonly show: (value: SqlValue | undefined) => unknown
  /** A value of a domain in the column's own type; what cannot be one is Python's or PostgreSQL's error. */
  readonly compare: (value: unknown, term: Comparison) => SqlValue
}

/** What a value is compared with, and how. */
export type Comparison = {
  readonly field: Field
  readonly operator: string
  readonly dialect: DomainDialect
  readonly clock: Clock
}

const orFalse = (value: SqlValue | undefined): unknown => value ?? false
const orZero = (value: SqlValue | undefined): unknown => value ?? 0
const asText = (value: unknown): SqlValue => pythonText(value)
const json = (value: unknown): SqlValue => (pythonTruth(value) ? JSON.stringify(value) : null)

const TEXT: FieldKind = {
  keep: toText,
  show: orFalse,
  compare: asText,
}

const INTEGER: FieldKind = {
  keep: toInteger,
  show: orZero,
  compare: (value, term) => (term.field.name === 'id' ? compareId(value, term) : toNumber(value, 'int')),
}

const FLOAT: FieldKind = {
  ...INTEGER,
  keep: (value, field) => toFloat(value, field.digits?.[1]),
  compare: (value) => toNumber(value, 'float'),
}

const LIST: FieldKind = {
  ...TEXT,
  keep: () => {
    throw new TypeError('A list of records has no column')
  },
}

const PROPERTIES: FieldKind = {
  ...TEXT,
  keep: (value) => (typeof value === 'object' ? json(value) : null),
  show: (value) => (typeof value === 'string' ? JSON.parse(value) : []),
}

/** All kinds of field. A new kind is a row here, and a name in `FieldType`. */
export const FIELD_KINDS = {
  boolean: {
    ...TEXT,
    keep: (value) => (pythonTruth(value) ? 1 : 0),
    show: (value) => value === 1,
    compare: (value) => (pythonTruth(value) ? 1 : 0),
  },
  integer: INTEGER,
  float: FLOAT,
  monetary: FLOAT,
  char: { ...TEXT, keep: (value, field) => shortened(toText(value), field.size) },
  text: TEXT,
  html: {
    ...TEXT,
    keep: (value) => {
      const text = toText(value)
      return text === null ? null : sanitizeHtml(text)
    },
  },
  date: {
    ...TEXT,
    keep: parseDay,
    compare: (value, { dialect, clock }) =>
      (dialect.style === 'terms'
        ? postgresMoment(value, 'date', clock)
        : relativeMoment(value, 'date', clock)
      ).text.slice(0, 10),
  },
  datetime: {
    ...TEXT,
    keep: parseMoment,
    compare: (value, { operator, dialect, clock }) =>
      boundOf(
        dialect.style === 'terms'
          ? postgresMoment(value, 'timestamp', clock)
          : relativeMoment(value, 'datetime', clock),
        operator,
      ),
  },
  selection: { ...TEXT, keep: keepChoice },
  // Base64, as the wire has it.
  binary: TEXT,
  many2one: {
    ...TEXT,
    keep: (value) => (typeof value === 'number' && Number.isInteger(value) && value !== 0 ? value : null),
    compare: (value, { dialect }) => comparableId(value, dialect.style === 'conditions'),
  },
  one2many: LIST,
  many2many: LIST,
  /** `model,id`; the record may be gone. */
  reference: { ...TEXT, keep: keepReference },
  /** An id beside a field that names the model, `Field.modelField`; the record may be gone. */
  many2one_reference: INTEGER,
  json: { ...TEXT, keep: json, show: (value) => (typeof value === 'string' ? JSON.parse(value) : false) },
  properties: PROPERTIES,
  properties_definition: PROPERTIES,
} as const satisfies Record<FieldType, FieldKind>

/** The row of a field's kind. */
export function kindOf(field: Pick<Field, 'type'>): FieldKind {
  return FIELD_KINDS[field.type]
}

function compareId(value: unknown, { operator, dialect }: Comparison): number {
  const listed = operator === 'in' || operator === 'not in'
  return comparableId(value, dialect.style === 'conditions', dialect.style === 'terms' && !listed)
}

function keepChoice(value: unknown, field: Field, model: string): SqlValue {
  if (!pythonTruth(value)) return null
  const choice = field.selection?.find(([known]) => known === value)
  if (choice === undefined) throw wrongValue(value, field, model)
  return choice[0]
}

function keepReference(value: unknown, field: Field, model: string): SqlValue {
  if (typeof value !== 'string') {
    if (!pythonTruth(value)) return null
    throw wrongValue(value, field, model)
  }
  const parts = value.split(',')
  const [target, id] = parts
  if (parts.length < 2) throw valueError(`not enough values to unpack (expected 2, got ${parts.length})`)
  if (parts.length > 2) throw valueError('too many values to unpack (expected 2)')
  if (field.selection?.some(([known]) => known === target) === false) throw wrongValue(value, field, model)
  return `${target},${toInteger(id)}`
}

function wrongValue(value: unknown, field: Field, model: string): Error {
  return valueError(`Wrong value for ${model}.${field.name}: ${pythonRepr(value)}`)
}
