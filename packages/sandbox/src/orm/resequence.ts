import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'

/** Numbers records in the order of their ids, from `offset` on; each is written by itself, as Odoo does. */
export function resequence(orm: Orm, model: Model, ids: readonly number[], field: string, offset: number): void {
  ids.forEach((id, index) => {
    orm.write(model.name, [id], { [field]: offset + index })
  })
}
