import { type FieldType, fieldTypeFacts, readFieldType } from './field-type.ts'

/** What `fields_get` says of a field, as far as it matters to somebody who reads and writes records. */
export type FieldSchema = {
  readonly name: string
  readonly type: FieldType | 'unknown'
  /** The label, in the language of the user who asked. */
  readonly string: string
  readonly required: boolean
  /** Read-only in forms. Odoo still writes such a field when it is stored: it is no access right. */
  readonly readonly: boolean
  readonly store: boolean
  readonly searchable: boolean
  readonly sortable: boolean
  /** The model that a relational field leads to. */
  readonly relation?: string
  /** Of a one2many: the field of the related model that points back. */
  readonly relationField?: string
  /** Of a selection or reference: the keys that it takes, with their labels. Undefined where Odoo did not tell. */
  readonly selection?: readonly (readonly [string | number, string])[]
  /** Of a char: the most characters that it holds; Odoo cuts the rest off without a word. */
  readonly size?: number
  /** Of a related field: the path that Odoo walks on its own, to read it and to write it (`bank_id.name`, split). */
  readonly related?: readonly string[]
  /** The paths that a computed field is worked out from, split; empty where it is not computed. */
  readonly depends: readonly (readonly string[])[]
}

/** A model as one user sees it: fields that the user may not read are not in it. */
export type ModelSchema = {
  readonly model: string
  readonly fields: ReadonlyMap<string, FieldSchema>
}

/** What to ask `fields_get` for (its `attributes`); a version that lacks one of them leaves it out. */
export const FIELDS_GET_ATTRIBUTES: readonly string[] = [
  'type',
  'string',
  'required',
  'readonly',
  'store',
  'searchable',
  'sortable',
  'relation',
  'relation_field',
  'selection',
  'size',
  'related',
  'depends',
]

/** The answer of `fields_get` was not what Odoo answers. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

/**
 * Reads the answer of `fields_get`. An attribute that is absent or of a strange form counts as not told: a field is
 * then not required, read-only, not stored, and neither searchable nor sortable.
 *
 * @throws SchemaError if the answer is not an object of objects.
 */
export function readModelSchema(model: string, fieldsGet: unknown): ModelSchema {
  if (!isRecord(fieldsGet)) throw new SchemaError(`fields_get of ${model} did not answer an object.`)
  const fields = new Map<string, FieldSchema>()
  for (const [name, description] of Object.entries(fieldsGet)) {
    if (!isRecord(description)) throw new SchemaError(`fields_get of ${model} did not describe the field ${name}.`)
    fields.set(name, readField(name, description))
  }
  return { model, fields }
}

function readField(name: string, description: Readonly<Record<string, unknown>>): FieldSchema {
  const { string, relation, relation_field: relationField, size } = description
  const type = readFieldType(description.type)
  const store = description.store === true
  const selection = readSelection(description.selection)
  return {
    name,
    type,
    string: typeof string === 'string' ? string : name,
    required: description.required === true,
    readonly: description.readonly !== false,
    store,
    // Odoo 14 and on tell both; where a module's override dropped them, `store` is what Odoo would have derived from.
    searchable: typeof description.searchable === 'boolean' ? description.searchable : store,
    sortable: typeof description.sortable === 'boolean' ? description.sortable : store && !fieldTypeFacts(type).x2many,
    ...(typeof relation === 'string' && relation !== '' ? { relation } : {}),
    ...(typeof relationField === 'string' && relationField !== '' ? { relationField } : {}),
    ...(selection === undefined ? {} : { selection }),
    ...(typeof size === 'number' && size > 0 ? { size } : {}),
    ...(typeof description.related === 'string' ? { related: description.related.split('.') } : {}),
    depends: readPaths(description.depends),
  }
}

function readPaths(value: unknown): FieldSchema['depends'] {
  if (!Array.isArray(value)) return []
  return value.filter((path) => typeof path === 'string').map((path) => path.split('.'))
}

/** A selection that is not wholly a list of pairs is taken as not told, so that no key is refused by mistake. */
function readSelection(value: unknown): FieldSchema['selection'] {
  if (!Array.isArray(value)) return undefined
  const pairs: [string | number, string][] = []
  for (const item of value) {
    if (!Array.isArray(item)) return undefined
    const [key, label] = item
    if ((typeof key !== 'string' && typeof key !== 'number') || typeof label !== 'string') return undefined
    pairs.push([key, label])
  }
  return pairs
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
