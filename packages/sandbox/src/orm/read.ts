import { checkFields, mayUseField } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import { checkGuard, checkRules } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { humanSize } from '../value/picture.ts'
import { emptyValue, valuesOf } from './values.ts'

/** Records as a client gets them: `id` first, then the fields. */
export type ReadRecord = Record<string, unknown>

/**
 * Reads fields of records for the user: rights on the model, on the fields, then rules. Ids that do not exist are left
 * out silently; `0` is an empty new record (odoo 18.0 models.py, read and fetch).
 */
export function readValues(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  fields: readonly Field[],
): Map<number, Values> {
  const allowed = orm.engine.behaviours[model.name]?.allows
  const names = fields.map((field) => field.name)
  const reader = allowed?.(orm, 'read', ids, names) ? orm.asSuperuser() : orm
  checkGuard(reader, model, 'read', ids)
  checkModel(reader, model, 'read')
  checkFields(reader, model, fields, 'read')
  const values = valuesOf(reader, model, ids, fields)
  checkRules(reader, model, [...values.keys()], 'read')
  if (ids.includes(0)) values.set(0, Object.fromEntries(fields.map((field) => [field.name, emptyValue(field)])))
  return values
}

/** The fields of those names; without names, all that the user may see. */
export function fieldsFor(orm: Orm, model: Model, names: readonly string[] | undefined): Field[] {
  if (names === undefined || names.length === 0) {
    return [...model.fields.values()].filter((field) => mayUseField(orm, field, model))
  }
  // A field named a million times is read once: the answer has it once.
  return [...new Set(names)].map((name) => {
    const field = model.fields.get(name)
    if (field === undefined) throw valueError(orm.engine.version.say.unknownField(model.name, name))
    return field
  })
}

/**
 * The method `read`: many2one values come as `[id, name]`, or as the id when `load` asks for no names. Records come in
 * the order of the ids, doubled ones twice.
 */
export function readRecords(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  names: readonly string[] | undefined,
  withNames: boolean,
): ReadRecord[] {
  const fields = fieldsFor(orm, model, names).filter((field) => field.name !== 'id')
  const values = readValues(orm, model, ids, fields)
  const shown = fields.map((field) => ({ field, show: presenter(orm, field, values, withNames) }))
  return ids.flatMap((id) => {
    const record = values.get(id)
    if (record === undefined) return []
    const read: ReadRecord = { id }
    for (const { field, show } of shown) read[field.name] = show(record[field.name])
    return [read]
  })
}

/** How a value of the field is shown to a client. */
function presenter(
  orm: Orm,
  field: Field,
  records: ReadonlyMap<number, Values>,
  withNames: boolean,
): (value: unknown) => unknown {
  if (field.type === 'many2one' && withNames) {
    const ids = new Set<number>()
    for (const record of records.values()) {
      const id = record[field.name]
      if (typeof id === 'number') ids.add(id)
    }
    const names = orm.names(field.relation ?? '', [...ids])
    return (value) => (typeof value === 'number' && names.has(value) ? [value, names.get(value)] : false)
  }
  return plainPresenter(orm, field)
}

/** The same without names of related records. */
export function plainPresenter(orm: Orm, field: Field): (value: unknown) => unknown {
  const sizes = orm.context.bin_size === true || orm.context[`bin_size_${field.name}`] === true
  if (field.type === 'binary' && sizes) {
    return (value) => (typeof value === 'string' ? humanSize(value) : value)
  }
  return (value) => value
}
