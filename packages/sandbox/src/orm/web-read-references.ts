import { existingIds } from '../access/check-records.ts'
import type { Orm } from '../engine/contract.ts'
import { keyError, OdooFault } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import type { ReadRecord } from './read.ts'

/** Reads records of one model for `web_read`. */
export type ReadTarget = (target: Model, ids: readonly number[]) => ReadRecord[]

/**
 * Puts records in the place of references, `model,id` or an id beside the name of its model. A record that is gone is
 * `false`, one that is hidden says so (odoo 18.0 addons/web/models/models.py, web_read).
 */
export function expandReferences(
  orm: Orm,
  model: Model,
  field: Field,
  records: readonly ReadRecord[],
  read: ReadTarget,
) {
  const targets = new Map(records.map((record) => [record, targetOf(orm, model, field, record)]))
  const byModel = Map.groupBy(
    [...targets.values()].filter((target) => target !== undefined),
    ({ name }) => name,
  )
  const found = new Map<string, ReadRecord>()
  for (const [name, list] of byModel) {
    const target = orm.engine.schema.models.get(name)
    if (target === undefined) throw keyError(name)
    const ids = [
      ...existingIds(
        orm,
        target,
        list.map(({ id }) => id),
      ),
    ]
    for (const record of readShown(target, ids, read)) found.set(`${name},${record.id}`, record)
  }
  for (const record of records) {
    const target = targets.get(record)
    if (!record[field.name]) continue
    const expanded = target === undefined ? undefined : found.get(`${target.name},${target.id}`)
    const id = field.type === 'reference' && target !== undefined ? { id: target.id, model: target.name } : target?.id
    record[field.name] = expanded === undefined ? false : { ...expanded, id }
    if (expanded === undefined && field.modelField !== undefined && field.modelField in record)
      record[field.modelField] = false
  }
}

type Target = { readonly name: string; readonly id: number }

function targetOf(orm: Orm, model: Model, field: Field, record: ReadRecord): Target | undefined {
  const value = record[field.name]
  if (typeof value === 'string') {
    const [name = '', id] = value.split(',')
    return { name, id: Number(id) }
  }
  if (typeof value !== 'number' || value === 0 || field.modelField === undefined) return undefined
  const id = Number(record.id)
  const name = orm.asSuperuser().values(model.name, [id], [field.modelField]).get(id)?.[field.modelField]
  return typeof name === 'string' ? { name, id: value } : undefined
}

function readShown(target: Model, ids: readonly number[], read: ReadTarget): ReadRecord[] {
  try {
    return read(target, ids)
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'odoo.exceptions.AccessError') throw error
    if (ids.length > 1) return ids.flatMap((id) => readShown(target, [id], read))
    return ids.map((id) => ({ id, display_name: "You don't have access to this record" }))
  }
}
