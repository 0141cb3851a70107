import type { RelationTable } from './model-row.ts'

/** The kinds of field that the sandbox has. */
export type FieldType =
  | 'boolean'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'char'
  | 'text'
  | 'html'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'binary'
  | 'many2one'
  | 'one2many'
  | 'many2many'
  | 'reference'
  | 'many2one_reference'
  | 'json'
  | 'properties'
  | 'properties_definition'

/** Where a field's value is kept. */
export type FieldStorage =
  | { readonly kind: 'column' }
  | InverseStorage
  /** many2many: pairs of ids in a table of their own. */
  | ({ readonly kind: 'relation' } & RelationTable)
  /** The value at the end of a path of many2one fields; it is read and written there. */
  | { readonly kind: 'path'; readonly path: readonly string[] }
  /** Worked out when it is read, by the model's row. */
  | { readonly kind: 'computed' }

/** one2many: the records whose field `inverse` leads here. */
export type InverseStorage = {
  readonly kind: 'inverse'
  readonly inverse: string
  /** The field that names this model, where `inverse` may lead to any model. */
  readonly modelField: string | undefined
}

/** One field of a model: the facts that Odoo tells in `fields_get`, and where the sandbox keeps the value. */
export type Field = {
  readonly name: string
  readonly type: FieldType
  readonly label: string
  readonly help: string | undefined
  /** The model that a relational field leads to, and the field back, for one2many. */
  readonly relation: string | undefined
  readonly relationField: string | undefined
  /** Of a many2one_reference: the field that names the model. */
  readonly modelField: string | undefined
  readonly required: boolean
  readonly readonly: boolean
  /** As Odoo tells it; a related field that Odoo stores is a path here. */
  readonly store: boolean
  readonly sortable: boolean
  readonly searchable: boolean
  readonly groupable: boolean
  readonly companyDependent: boolean
  readonly translate: boolean
  readonly selection: readonly (readonly [string, string])[] | undefined
  /** The longest text that is kept; longer text is cut. */
  readonly size: number | undefined
  readonly digits: readonly [number, number] | undefined
  readonly currencyField: string | undefined
  readonly aggregator: string | undefined
  readonly related: string | undefined
  /** External names of the groups that may see the field; empty for everybody. */
  readonly groups: readonly string[]
  readonly default: unknown
  /** What `fields_get` tells beside or in place of what follows from the rest; `null` is not told. */
  readonly tells: Readonly<Record<string, unknown>>
  readonly storage: FieldStorage
}

/** Has the field a column in its model's own table? */
export function hasColumn(field: Field): boolean {
  return field.storage.kind === 'column'
}

/** Is the value a list of records? */
export function isX2many(field: Field): boolean {
  return field.type === 'one2many' || field.type === 'many2many'
}
