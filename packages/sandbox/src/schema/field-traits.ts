import type { Field, FieldType } from './field.ts'

/** What is so for every field of a kind, whatever its value. What is done with values is in `value/field-kinds.ts`. */
export type FieldTraits = {
  /** SQLite's type of its column; lists of records have none. */
  readonly column: 'INTEGER' | 'REAL' | 'TEXT' | undefined
  /** May `fields_get` say that it is translated? */
  readonly translates: boolean
  /** What counts as unset beside NULL, where the version says so. */
  readonly unset: 'zero' | 'empty text' | 'empty choice' | undefined
  /** Unless its facts say otherwise: may records be ordered by it? */
  readonly sortable: boolean
}

const PLAIN: FieldTraits = { column: 'TEXT', translates: false, unset: undefined, sortable: true }
const TEXT: FieldTraits = { ...PLAIN, translates: true, unset: 'empty text' }
const INTEGER: FieldTraits = { ...PLAIN, column: 'INTEGER', unset: 'zero' }
const FLOAT: FieldTraits = { ...INTEGER, column: 'REAL' }
const CHOICE: FieldTraits = { ...PLAIN, unset: 'empty choice' }
const NUMBERED: FieldTraits = { ...PLAIN, column: 'INTEGER' }
const LIST: FieldTraits = { ...PLAIN, column: undefined, sortable: false }

/** All kinds of field. A new kind is a name in `FieldType` and a row here and in `FIELD_KINDS`. */
const FIELD_TRAITS = {
  boolean: NUMBERED,
  integer: INTEGER,
  float: FLOAT,
  monetary: FLOAT,
  char: TEXT,
  text: TEXT,
  html: TEXT,
  date: PLAIN,
  datetime: PLAIN,
  selection: CHOICE,
  binary: { ...PLAIN, sortable: false },
  many2one: NUMBERED,
  one2many: LIST,
  many2many: LIST,
  reference: CHOICE,
  many2one_reference: INTEGER,
  json: PLAIN,
  properties: PLAIN,
  properties_definition: PLAIN,
} as const satisfies Record<FieldType, FieldTraits>

/** The traits of a field's kind. */
export function traitsOf(field: Pick<Field, 'type'>): FieldTraits {
  return FIELD_TRAITS[field.type]
}
