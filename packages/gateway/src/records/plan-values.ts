import { checkWriteValue, type FieldSchema, fieldTypeFacts, type RecordValues } from '@odoo-gatehouse/odoo/schema'
import { policyErrors } from '../policy/errors.ts'
import { fieldWriteAccess, unknownField } from '../policy/field-access.ts'
import { bindForcedDomain } from '../policy/forced-domain.ts'
import { recordErrors } from './errors.ts'
import { forcedFieldsOf, requireCreatable, requireStaysInside } from './forced-fields.ts'
import { planCommands } from './plan-commands.ts'
import { enter, type Place, type Planning } from './planning.ts'
import type { WriteTarget, Writing } from './writing.ts'

/**
 * Checks the values of one record and writes them anew. Pure. Each field has to be writable, each value has to fit its
 * field and to keep the record inside the forced domain; x2many commands are decided one by one, with their own values.
 * A new record gets the forced values that it lacks.
 *
 * @throws GatehouseError `field.*`, `values.*`, `command.refused`, and the refusals of policy
 */
export function planValues(writing: Writing, place: Place, target: WriteTarget, values: RecordValues): RecordValues {
  const { notes, depth, planning } = writing
  notes.checkDepth(depth)
  notes.countRecords(target.kind === 'create' ? 1 : target.ids.length)
  const forced = forcedFieldsOf(place, planning)
  if (target.kind === 'create') requireCreatable(forced, place.schema.model)
  const written: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    const field = requireWritable(place, name)
    requireRelatedWritable(planning, place, field)
    requireStaysInside(forced, target.kind, name, value)
    written[name] = planValue(writing, place, field, target, value)
  }
  if (target.kind === 'create') {
    for (const [name, value] of forced.values) if (!(name in written)) written[name] = value
    requireGiven(place, written)
  }
  noteUnset(writing, place, target, written)
  return written
}

function requireWritable({ exposure, schema }: Place, name: string): FieldSchema {
  const access = fieldWriteAccess(exposure, schema, name)
  switch (access.kind) {
    case 'writable':
      // To write properties is to change definitions on another record, and their values lead to any model.
      if (access.field.type === 'properties' || access.field.type === 'properties_definition') throw notWritable(name)
      return access.field
    case 'unknown':
      throw unknownField(schema.model, name)
    case 'kept_by_odoo':
      throw recordErrors['field.kept_by_odoo']({
        message: `Odoo keeps the field "${name}" itself; it cannot be written.`,
        data: { field: name },
      })
    case 'not_writable':
      throw notWritable(name)
  }
}

/**
 * A related field is another record's field, which Odoo writes there: to change it is to update that record. Of a path
 * of more than one hop nobody has decided the further ones.
 */
function requireRelatedWritable(planning: Planning, { schema }: Place, { name, related }: FieldSchema): void {
  const [first, second, third] = related ?? []
  if (first === undefined || second === undefined) return
  const model = schema.fields.get(first)?.relation
  if (model === undefined || third !== undefined) throw notWritable(name)
  const target = enter(planning, 'update', model)
  if (fieldWriteAccess(target.exposure, target.schema, second).kind !== 'writable') throw notWritable(name)
}

function planValue(writing: Writing, place: Place, field: FieldSchema, target: WriteTarget, value: unknown): unknown {
  if (fieldTypeFacts(field.type).x2many) {
    const relation = { model: place.schema.model, field, target }
    return planCommands(writing, relation, value, (relatedPlace, relatedTarget, values) =>
      planValues({ ...writing, depth: writing.depth + 1 }, relatedPlace, relatedTarget, values),
    )
  }
  // Which model such an id belongs to stands in another field, or nowhere: its forced domain cannot be kept.
  if (field.type === 'many2one_reference' && writing.planning.api.forcedModels.size > 0) throw notWritable(field.name)
  const fault = checkWriteValue(field, value)
  if (fault !== undefined) throw recordErrors['field.bad_value']({ message: fault, data: { field: field.name } })
  notePointed(writing, field, value)
  if (value === null) return field.type === 'json' ? null : false
  return typeof value === 'object' ? structuredClone(value) : value
}

/** A value that points to a record must not point outside the forced domain of that record's model. */
function notePointed({ planning, notes }: Writing, field: FieldSchema, value: unknown): void {
  const [model, id] = pointedRecord(field, value)
  if (model === undefined || id === undefined) return
  const forced = planning.api.exposures.get(model)?.forced
  if (forced !== undefined) notes.expect(model, bindForcedDomain(forced, planning), [id])
}

/** The model and id that a checked value leads to. */
function pointedRecord(field: FieldSchema, value: unknown): readonly [string | undefined, number | undefined] {
  if (field.type === 'many2one') return [field.relation, typeof value === 'number' ? value : undefined]
  if (field.type !== 'reference' || typeof value !== 'string') return [undefined, undefined]
  const [model, id] = value.split(',')
  return [model, Number(id)]
}

/** What the exposure asks of a new record before Odoo is asked. */
function requireGiven({ exposure, schema }: Place, written: Readonly<Record<string, unknown>>): void {
  for (const name of exposure.requiredOnCreate) {
    if (!isUnset(written[name]) && written[name] !== '') continue
    const label = schema.fields.get(name)?.string ?? name
    throw recordErrors['field.required']({ message: `${label} is required.`, data: { field: name } })
  }
}

function noteUnset({ notes }: Writing, { schema }: Place, target: WriteTarget, written: Record<string, unknown>): void {
  for (const { name, required } of schema.fields.values()) {
    if (required && isUnset(written[name]) && (target.kind === 'create' || name in written))
      notes.unsetRequired.add(name)
  }
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === false
}

function notWritable(name: string): Error {
  return policyErrors['field.not_writable']({
    message: `The field "${name}" may not be written through this API.`,
    data: { field: name },
  })
}
