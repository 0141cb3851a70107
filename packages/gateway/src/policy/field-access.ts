import { type FieldSchema, fieldTypeFacts, type ModelSchema } from '@odoo-gatehouse/odoo/schema'
import type { GatehouseError } from '../kernel/error.ts'
import type { Exposure } from './api.ts'
import { policyErrors } from './errors.ts'

/** Fields of every answer; to show a record at all is to show them. */
const ALWAYS_READABLE: ReadonlySet<string> = new Set(['id', 'display_name'])

/**
 * Fields that Odoo keeps itself. A write to them is silently dropped or refused by Odoo; Gatehouse refuses it aloud.
 * odoo 18.0 models.py: MAGIC_COLUMNS, LOG_ACCESS_COLUMNS; `__last_update` is gone in 17.
 */
const KEPT_BY_ODOO: ReadonlySet<string> = new Set([
  'id',
  'display_name',
  'create_uid',
  'create_date',
  'write_uid',
  'write_date',
  '__last_update',
])

/** True if the exposure lets the field be read. Whether the field exists for the user, the schema says. */
export function fieldReadable(exposure: Exposure, name: string): boolean {
  return exposure.readableFields === 'all' || exposure.readableFields.has(name) || ALWAYS_READABLE.has(name)
}

/** The field, if the user sees it in Odoo and the exposure lets it be read. */
export function readableField(exposure: Exposure, schema: ModelSchema, name: string): FieldSchema | undefined {
  const field = schema.fields.get(name)
  return field !== undefined && fieldReadable(exposure, name) ? field : undefined
}

/** Whether a field may be written, as far as exposure and schema tell; forced domains are decided apart. */
export type WriteAccess =
  | { readonly kind: 'writable'; readonly field: FieldSchema }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'kept_by_odoo' }
  | { readonly kind: 'not_writable' }

/**
 * Decides a write of one field. A field that can be neither read nor written is unknown. The schema's `readonly` does
 * not count: Odoo writes stored read-only fields over RPC, and marks all fields so for users who may not write.
 */
export function fieldWriteAccess(exposure: Exposure, schema: ModelSchema, name: string): WriteAccess {
  const field = schema.fields.get(name)
  const writable = exposure.writableFields === 'all' || exposure.writableFields.has(name)
  if (field === undefined || (!writable && !fieldReadable(exposure, name))) return { kind: 'unknown' }
  if (KEPT_BY_ODOO.has(name)) return { kind: 'kept_by_odoo' }
  return writable ? { kind: 'writable', field } : { kind: 'not_writable' }
}

/**
 * The fields of an answer to a request that names none: `id`, `display_name` and the exposure's `defaultFields`, by
 * default everything that is readable, stored and neither binary nor x2many. Names that the user does not see are left
 * out.
 */
export function defaultFieldsOf(exposure: Exposure, schema: ModelSchema): readonly string[] {
  const names = new Set(['id', 'display_name'].filter((name) => schema.fields.has(name)))
  const listed = exposure.defaultFields ?? schema.fields.keys()
  for (const name of listed) {
    const field = readableField(exposure, schema, name)
    if (field === undefined) continue
    if (exposure.defaultFields !== undefined || isPlain(field)) names.add(name)
  }
  return [...names]
}

/** The answer to a field that is unknown or unreadable: one and the same, naming the field as it was asked. */
export function unknownField(model: string, name: string): GatehouseError {
  return policyErrors['field.unknown']({
    message: `The model "${model}" has no field "${name}" that this API shows.`,
    data: { field: name },
  })
}

function isPlain(field: FieldSchema): boolean {
  const { binary, x2many } = fieldTypeFacts(field.type)
  return field.store && !binary && !x2many
}
