import { mayUse } from '../../access/check-model.ts'
import { checkRecords, permittedIds } from '../../access/check-records.ts'
import type { MethodCall, Orm } from '../../engine/contract.ts'
import { idsToChange } from '../../orm/record-ids.ts'
import { sql } from '../../sql/sql-text.ts'
import { defaultSubtypes } from './subtypes.ts'

/** Makes partners follow records; who follows already keeps what he hears of, unless subtypes are named. */
export function subscribe(
  orm: Orm,
  model: string,
  ids: readonly number[],
  partners: readonly number[],
  subtypes?: readonly number[],
): void {
  const { db } = orm.engine
  const usual = subtypes === undefined ? defaultSubtypes(orm, model) : undefined
  const there = orm.asSuperuser().values('res.partner', partners, ['partner_share'])
  for (const id of ids) {
    for (const [partner, { partner_share: outside }] of there) {
      const known = db.get(
        sql`SELECT id FROM mail_followers WHERE res_model = ${model} AND res_id = ${id} AND partner_id = ${partner}`,
      )
      if (known !== undefined && subtypes === undefined) continue
      const follower =
        known === undefined
          ? db.run(sql`INSERT INTO mail_followers (res_model, res_id, partner_id) VALUES (${model}, ${id}, ${partner})`)
          : Number(known.id)
      setSubtypes(orm, follower, subtypes ?? (outside ? usual?.external : usual?.all) ?? [])
    }
  }
}

/**
 * The method `message_subscribe`: true. Oneself needs the right to read, and without it the answer is false; others need
 * the right to write (mail_thread.py).
 */
export function messageSubscribe(call: MethodCall): boolean {
  const { orm, model, args } = call
  const [ids, partners] = [idsToChange(call), idsOf(args.partner_ids)]
  if (ids.length === 0 || partners.length === 0) return true
  const onlyOneself = isOnlyOneself(orm, partners)
  if (onlyOneself && !mayUse(orm, model.name, 'read')) return false
  if (onlyOneself && permittedIds(orm, model, ids, 'read').length < ids.length) return false
  if (!onlyOneself) checkRecords(orm, model, ids, 'write')
  const subtypes = idsOf(args.subtype_ids)
  const active = orm.asSuperuser().search('res.partner', [['id', 'in', partners]])
  subscribe(orm, model.name, ids, active, subtypes.length === 0 ? undefined : subtypes)
  return true
}

/** The method `message_unsubscribe`: true for nobody, else None; employees may always leave (mail_thread.py). */
export function messageUnsubscribe(call: MethodCall): true | undefined {
  const { orm, model, args } = call
  const [ids, partners] = [idsToChange(call), idsOf(args.partner_ids)]
  if (partners.length === 0) return true
  if (!isOnlyOneself(orm, partners)) checkRecords(orm, model, ids, 'write')
  else if (!orm.user().groups.has('base.group_user')) checkRecords(orm, model, ids, 'read')
  const domain = [
    ['res_model', '=', model.name],
    ['res_id', 'in', ids],
    ['partner_id', 'in', partners],
  ]
  orm.asSuperuser().unlink('mail.followers', orm.asSuperuser().search('mail.followers', domain))
  return undefined
}

function isOnlyOneself(orm: Orm, partners: readonly number[]): boolean {
  return partners.every((id) => id === orm.user().partnerId)
}

function setSubtypes(orm: Orm, follower: number, subtypes: readonly number[]): void {
  orm.asSuperuser().write('mail.followers', [follower], { subtype_ids: [[6, 0, subtypes]] })
}

function idsOf(list: unknown): number[] {
  return Array.isArray(list) ? list.filter((id) => typeof id === 'number') : []
}
