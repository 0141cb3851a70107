import type { Field } from '../schema/field.ts'
import type { SqlValue } from '../sql/sql-text.ts'

/** The value of a column as Odoo answers it: unset is `false`, but 0 for numbers and `[]` for properties. */
export function fromColumn(field: Field, value: SqlValue | undefined): unknown {
  switch (field.type) {
    case 'boolean':
      return value === 1
    case 'integer':
    case 'float':
    case 'monetary':
      return value ?? 0
    case 'properties':
    case 'properties_definition':
      return typeof value === 'string' ? JSON.parse(value) : []
    default:
      return value ?? false
  }
}
