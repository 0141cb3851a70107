import type { Specification } from '@odoo-gatehouse/odoo/schema'
import type { Column, ReadNode } from './read-plan.ts'

type SpecificationEntry = Specification[string]

/** The specification by which `web_read` answers what a node wants; see `shape.ts` for the way back. */
export function specificationOf(node: ReadNode): Specification {
  return Object.fromEntries(node.columns.map((column) => [column.name, entryOf(column)]))
}

/** `web_read` answers the name of a many2one only as a field of the related record. */
const WITH_NAME: SpecificationEntry = { fields: { display_name: {} } }

function entryOf(column: Column): SpecificationEntry {
  if (column.kind === 'pair') return WITH_NAME
  if (column.kind !== 'expanded' || column.how === 'batched') return {}
  const fields = specificationOf(column.node)
  if (!column.many) return { fields }
  const limit = column.limit ?? column.fullMax
  return column.order === undefined ? { fields, limit } : { fields, limit, order: column.order }
}

/** The same for `read` and `search_read`: names of fields. */
export function fieldNamesOf(node: ReadNode): readonly string[] {
  return ['id', ...node.columns.map((column) => column.name)]
}
