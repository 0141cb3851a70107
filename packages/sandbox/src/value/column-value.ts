import type { Field } from '../schema/field.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import { kindOf } from './field-kinds.ts'

/**
 * What is kept of a value that a client wrote, with Odoo's coercions: `'false'` is true in a boolean, 3.7 is 3 in an
 * integer, a list becomes its Python text in a char, anything but an id is unset in a many2one. Throws the error that
 * Odoo throws for the rest.
 */
export function toColumn(model: string, field: Field, value: unknown): SqlValue {
  return kindOf(field).keep(value, field, model)
}

/** The value of a column as Odoo answers it: unset is `false`, but 0 for numbers and `[]` for properties. */
export function fromColumn(field: Field, value: SqlValue | undefined): unknown {
  return kindOf(field).show(value)
}
