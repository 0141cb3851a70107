/**
 * Every field type that Odoo 14 to 19 know, and what their values look like on the wire. One row each, so that no code
 * branches on a type's name.
 *
 * - `relational`: `relation` names the model that the value leads to, so that a path may go on through the field;
 * - `x2many`: the value is a list of records, written by commands (`X2manyCommand`);
 * - `binary`: a file, read as base64 text or, with `bin_size` in the context, as its size;
 * - `text`: people's text, which the `like` operators look into;
 * - `numeric`: adds up, so that a group may sum it;
 * - `temporal`: a day or a moment, so that a group may cut it into months;
 * - `storedForm`: what `read` answers for a set value: `pair` is `[id, name]`, `typed_id` the text `model,id`;
 * - `unsetForm`: what `read` answers for an unset one.
 *
 * Sources: the classes of odoo 18.0 fields.py and their `convert_to_read`; `image` is `binary` in `fields_get`.
 */
export const FIELD_TYPES = {
  boolean: row({ storedForm: 'boolean' }),
  integer: row({ storedForm: 'number', unsetForm: 0, numeric: true }),
  float: row({ storedForm: 'number', unsetForm: 0, numeric: true }),
  monetary: row({ storedForm: 'number', unsetForm: 0, numeric: true }),
  char: row({ storedForm: 'text', text: true }),
  text: row({ storedForm: 'text', text: true }),
  html: row({ storedForm: 'text', text: true }),
  date: row({ storedForm: 'date', temporal: true }),
  datetime: row({ storedForm: 'datetime', temporal: true }),
  selection: row({ storedForm: 'key' }),
  binary: row({ storedForm: 'base64', binary: true }),
  image: row({ storedForm: 'base64', binary: true }),
  many2one: row({ storedForm: 'pair', relational: true }),
  one2many: row({ storedForm: 'ids', unsetForm: 'empty_list', relational: true, x2many: true }),
  many2many: row({ storedForm: 'ids', unsetForm: 'empty_list', relational: true, x2many: true }),
  reference: row({ storedForm: 'typed_id' }),
  many2one_reference: row({ storedForm: 'number', unsetForm: 0 }),
  json: row({ storedForm: 'json' }),
  properties: row({ storedForm: 'json', unsetForm: 'empty_list' }),
  properties_definition: row({ storedForm: 'json', unsetForm: 'empty_list' }),
  // base_sparse_field's; it holds the values of other fields and is a JSON object for a caller.
  serialized: row({ storedForm: 'json' }),
} satisfies Record<string, FieldTypeFacts>

/** The facts of one field type; see `FIELD_TYPES`. */
export type FieldTypeFacts = {
  readonly relational: boolean
  readonly x2many: boolean
  readonly binary: boolean
  readonly text: boolean
  readonly numeric: boolean
  readonly temporal: boolean
  readonly storedForm:
    | 'boolean'
    | 'number'
    | 'text'
    | 'date'
    | 'datetime'
    | 'key'
    | 'base64'
    | 'pair'
    | 'ids'
    | 'typed_id'
    | 'json'
  readonly unsetForm: false | 0 | 'empty_list'
}

/** A type that is in the table. */
export type FieldType = keyof typeof FIELD_TYPES

/** What is known of a type that a module brought along: nothing. */
const UNKNOWN: FieldTypeFacts = row({ storedForm: 'json' })

/** The facts of a type; for `unknown`, those of a value that nothing is known of. */
export function fieldTypeFacts(type: FieldType | 'unknown'): FieldTypeFacts {
  return type === 'unknown' ? UNKNOWN : FIELD_TYPES[type]
}

/** The type that a text names, else `unknown`. */
export function readFieldType(text: unknown): FieldType | 'unknown' {
  return typeof text === 'string' && isFieldType(text) ? text : 'unknown'
}

/** Own rows only: `constructor` is no field type. */
function isFieldType(text: string): text is FieldType {
  return Object.hasOwn(FIELD_TYPES, text)
}

/** A row says only what is not the rule. */
function row(facts: Partial<FieldTypeFacts> & Pick<FieldTypeFacts, 'storedForm'>): FieldTypeFacts {
  return {
    relational: false,
    x2many: false,
    binary: false,
    text: false,
    numeric: false,
    temporal: false,
    unsetForm: false,
    ...facts,
  }
}
