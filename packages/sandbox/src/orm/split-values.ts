import type { Values } from '../engine/contract.ts'
import { attributeError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import { fieldNamed, type Model } from '../schema/model.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import { toColumn } from '../value/column-value.ts'
import { checkPicture } from '../value/picture.ts'
import { pythonType } from '../value/python-text.ts'

/** Values that a client wrote, sorted by where they go. */
export type SplitValues = {
  /** Columns of the record, as they are kept. */
  readonly columns: Record<string, SqlValue>
  /** Lists of records, still as commands. */
  readonly lists: readonly Written[]
  /** Values of other records, at the end of a path. */
  readonly paths: readonly Written[]
  /** Values that the model works out; some know how to be written. */
  readonly computed: readonly Written[]
}

export type Written = { readonly field: Field; readonly value: unknown }

/** Fields that Odoo keeps itself: writing them answers true and changes nothing. */
const LOG_FIELDS = new Set([
  'id',
  'create_uid',
  'create_date',
  'write_uid',
  'write_date',
  'display_name',
  'parent_path',
])

/** Sorts values by where they go; `unknown` makes the error of a field that the model does not have. */
export function splitValues(model: Model, values: Values, unknown: (name: string) => Error): SplitValues {
  const columns: Record<string, SqlValue> = {}
  const lists: Written[] = []
  const paths: Written[] = []
  const computed: Written[] = []
  for (const [name, value] of Object.entries(values)) {
    const field = model.fields.get(name)
    if (field === undefined) throw unknown(name)
    if (LOG_FIELDS.has(name)) continue
    const { storage } = field
    if (storage.kind === 'column') columns[name] = columnValue(model, field, value)
    else if (storage.kind === 'computed') computed.push({ field, value })
    else if (storage.kind !== 'path') lists.push({ field, value })
    else if (storage.path.length > 1) paths.push({ field, value })
    else {
      // Another name of a field of this very record, such as a smaller picture.
      const own = fieldNamed(model, storage.path[0] ?? '')
      columns[own.name] = columnValue(model, own, value)
    }
  }
  return { columns, lists, paths, computed }
}

function columnValue(model: Model, field: Field, value: unknown): SqlValue {
  const kept = toColumn(model.name, field, value)
  if (typeof kept === 'string' && model.row.pictures?.includes(field.name)) checkPicture(kept)
  return kept
}

/** The values of one record as a client sent them: an object, or Python's complaint. */
export function valuesObject(raw: unknown): Values {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw attributeError(`'${pythonType(raw)}' object has no attribute 'get'`)
  }
  return raw as Values
}
