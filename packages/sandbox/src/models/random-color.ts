import type { Orm } from '../engine/contract.ts'

/** One of the eleven colours of Odoo's tags. */
export function randomColor(orm: Orm): number {
  return ((orm.engine.randomBytes(1)[0] ?? 0) % 11) + 1
}
