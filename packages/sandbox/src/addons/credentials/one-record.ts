import { checkRecords } from '../../access/check-records.ts'
import type { MethodCall, Values } from '../../engine/contract.ts'
import { idsToRead, noSingleton } from '../../orm/record-ids.ts'

/**
 * The one record that a method is called on, as far as its user may read it. Several are a ValueError, a missing or
 * hidden one is refused; undefined when it is called on none. Fields that the version does not keep are left out.
 */
export function oneRecord(call: MethodCall, fields: readonly string[]): { id: number; values: Values } | undefined {
  const { orm, model } = call
  const ids = idsToRead(call)
  if (ids.length > 1) throw noSingleton(model, ids)
  const [id] = ids
  if (id === undefined) return undefined
  checkRecords(orm, model, ids, 'read')
  const kept = fields.filter((name) => model.fields.get(name)?.storage.kind !== 'computed')
  return { id, values: orm.asSuperuser().values(model.name, ids, kept).get(id) ?? {} }
}
