import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'

/**
 * What follows from a change: derived values first, then the conditions of Odoo's own code. Both see the records as
 * superuser, as Odoo computes stored fields.
 */
export function afterChange(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  changed: 'everything' | readonly string[],
): void {
  const behaviour = orm.engine.behaviours[model.name]
  const all = orm.asSuperuser()
  for (const rule of [...(behaviour?.derived ?? []), ...(behaviour?.checked ?? [])]) {
    if (changed === 'everything' || rule.when.some((name) => changed.includes(name))) rule.run(all, ids)
  }
  for (const consequence of orm.engine.consequences) consequence.changed?.(all, model, ids, changed)
}
