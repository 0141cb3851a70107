import type { Orm } from '../engine/contract.ts'

/** Which records the user follows. */
export function following(orm: Orm, model: string, ids: readonly number[]): Map<number, boolean> {
  const { partnerId } = orm.user()
  const records = orm.asSuperuser().values(model, ids, ['message_partner_ids'])
  return new Map(
    [...records].map(([id, { message_partner_ids: list }]) => [id, Array.isArray(list) && list.includes(partnerId)]),
  )
}
