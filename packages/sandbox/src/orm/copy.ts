import { mayUseField } from '../access/check-fields.ts'
import { checkRecords } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { isX2many } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'

const NEVER_COPIED = new Set(['id', 'create_uid', 'create_date', 'write_uid', 'write_date', 'display_name'])

/**
 * Makes a new record from each; `changes` overrule the values of the original. Fields that are kept from the user are
 * not copied, since the user may not write them (odoo 18.0 models.py, copy).
 */
export function copyRecords(orm: Orm, model: Model, ids: readonly number[], changes: Values): number[] {
  checkRecords(orm, model, ids, 'read')
  const names = [...model.fields.values()]
    .filter((field) => isCopied(model, field.name) && mayUseField(orm, field, model))
    .map((field) => field.name)
  const values = orm.asSuperuser().values(model.name, ids, names)
  return ids.map((id) => {
    const copied: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(values.get(id) ?? {})) {
      const field = model.fields.get(name)
      copied[name] = field !== undefined && isX2many(field) ? [[6, 0, value]] : value
    }
    if (model.row.marksCopies && typeof copied[model.recName] === 'string') {
      copied[model.recName] = `${copied[model.recName]} (copy)`
    }
    return orm.create(model.name, { ...copied, ...orm.engine.behaviours[model.name]?.copied?.(orm, id), ...changes })
  })
}

/** Does a copy get the value of the field? */
export function isCopied(model: Model, name: string): boolean {
  const field = model.fields.get(name)
  if (field === undefined || NEVER_COPIED.has(name) || model.row.notCopied?.includes(name)) return false
  if (field.storage.kind === 'path') {
    return field.storage.path[0] === model.row.inherits?.field && field.store === false && isPlain(field.type)
  }
  return (
    (field.storage.kind === 'column' || field.storage.kind === 'relation') && field.name !== model.row.inherits?.field
  )
}

/** Of an inherited record its own values are copied, its lists are not. */
function isPlain(type: string): boolean {
  return type !== 'one2many' && type !== 'many2many' && type !== 'binary'
}
