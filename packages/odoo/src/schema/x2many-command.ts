/** Values of a record, by field name, in the form that `create` and `write` take. */
export type RecordValues = Readonly<Record<string, unknown>>

/** One change of a one2many or many2many (odoo 18.0 fields.py: class Command). */
export type X2manyCommand =
  | { readonly kind: 'create'; readonly values: RecordValues }
  | { readonly kind: 'update'; readonly id: number; readonly values: RecordValues }
  /** Deletes the record itself. */
  | { readonly kind: 'delete'; readonly id: number }
  /** Takes the record out of the relation; a one2many whose inverse cascades deletes it then. */
  | { readonly kind: 'unlink'; readonly id: number }
  | { readonly kind: 'link'; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'set'; readonly ids: readonly number[] }
