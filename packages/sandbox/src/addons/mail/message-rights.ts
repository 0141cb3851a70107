import { checkModel, mayUse } from '../../access/check-model.ts'
import { permittedIds } from '../../access/check-records.ts'
import type { Operation, Orm, Values } from '../../engine/contract.ts'
import { accessError } from '../../fault/odoo-fault.ts'
import { listOf, sql } from '../../sql/sql-text.ts'

const MODEL = 'mail.message'

/** Models on whose records whoever reads them may write messages (`_mail_post_access`). */
const OPEN_TO_READERS = new Set(['project.task'])

/** What users outside the company never see: notes, and what has no subtype. */
const SHARED = [
  ['is_internal', '=', false],
  ['subtype_id', '!=', false],
  ['subtype_id.internal', '=', false],
]

/** What decides who may have a message. */
type Link = {
  readonly id: number
  readonly model: string | null
  readonly resId: number | null
  readonly isOwn: boolean
  readonly isPrivate: boolean
}

/** What a search for messages adds: one's own, and those of records that one may read (mail_message.py, _search). */
export function narrowedMessages(orm: Orm): readonly unknown[] | false {
  if (orm.superuser) return []
  const outside = orm.user().groups.has('base.group_user') ? [] : SHARED
  return [...outside, ['id', 'in', permitted(orm, linksOf(orm), 'read')]]
}

/** Refuses messages that are not one's own and whose record is closed to the user (mail_message.py, _check_access). */
export function guardMessages(orm: Orm, operation: Operation, ids: readonly number[], values: Values): void {
  const links = operation === 'create' ? [linkOfValues(orm, values)] : linksOf(orm, ids)
  // Who deletes needs the right to change the record; a message of one's own is no exception.
  const judged = operation === 'unlink' ? links.map((link) => ({ ...link, isOwn: false })) : links
  const open = new Set(permitted(orm, judged, operation === 'read' ? 'read' : 'write'))
  const forbidden = judged.filter(({ id }) => !open.has(id))
  if (forbidden.length === 0) return
  const { tellsRightsOfRecord, refusedMessages } = orm.engine.version.threads
  if (tellsRightsOfRecord) checkRecordsRights(orm, forbidden, operation)
  const told = forbidden.slice(0, 6).map(({ id }) => id)
  throw accessError(
    'The requested operation cannot be completed due to security restrictions. Please contact your system ' +
      `administrator.\n\n(Document type: ${orm.model(MODEL).label}, Operation: ${operation})${refusedMessages(told, orm.uid)}`,
  )
}

function checkRecordsRights(orm: Orm, links: readonly Link[], operation: Operation): void {
  for (const { model } of links) {
    const target = orm.engine.schema.models.get(model ?? '')
    if (target !== undefined) checkModel(orm, target, operation === 'read' ? 'read' : 'write')
  }
}

function permitted(orm: Orm, links: readonly Link[], operation: 'read' | 'write'): number[] {
  const found: number[] = []
  const linked: Link[] = []
  for (const link of links) {
    if (link.isOwn) found.push(link.id)
    else if (link.model !== null && link.resId !== null && !link.isPrivate) linked.push(link)
  }
  for (const [model, group] of Map.groupBy(linked, (link) => link.model ?? '')) {
    const target = orm.engine.schema.models.get(model)
    const needed = OPEN_TO_READERS.has(model) ? 'read' : operation
    if (target === undefined || !mayUse(orm, model, needed)) continue
    const records = [...new Set(group.map(({ resId }) => resId ?? 0))]
    const open = new Set(permittedIds(orm, target, records, needed))
    for (const { id, resId } of group) if (open.has(resId ?? 0)) found.push(id)
  }
  return found
}

function linksOf(orm: Orm, ids?: readonly number[]): Link[] {
  const { partnerId } = orm.user()
  const from = sql`
    SELECT m.id, m.model, m.res_id, m.message_type, m.author_id = ${partnerId} OR m.create_uid = ${orm.uid} OR EXISTS (
      SELECT 1 FROM mail_message_res_partner_rel AS r WHERE r.mail_message_id = m.id AND r.res_partner_id = ${partnerId}
    ) AS own FROM mail_message AS m`
  const rows = orm.engine.db.all(ids === undefined ? from : sql`${from} WHERE m.id IN ${listOf(ids)}`)
  return rows.map((row) => ({
    id: Number(row.id),
    model: typeof row.model === 'string' ? row.model : null,
    resId: typeof row.res_id === 'number' ? row.res_id : null,
    isOwn: row.own === 1,
    isPrivate: row.message_type === 'user_notification',
  }))
}

function linkOfValues(orm: Orm, values: Values): Link {
  const model = typeof values.model === 'string' ? values.model : null
  const resId = typeof values.res_id === 'number' ? values.res_id : null
  const isOwn = model === null || resId === null || isFollower(orm, model, resId)
  return { id: nextMessage(orm), model, resId, isOwn, isPrivate: false }
}

/** Who follows a record may write on it. */
function isFollower(orm: Orm, model: string, id: number): boolean {
  const found = orm.engine.db.get(sql`
    SELECT 1 AS found FROM mail_followers
    WHERE res_model = ${model} AND res_id = ${id} AND partner_id = ${orm.user().partnerId}`)
  return found !== undefined
}

/** The id that a refused message would have had, as Odoo judges messages once they are made. */
function nextMessage(orm: Orm): number {
  return Number(orm.engine.db.get(sql`SELECT seq FROM sqlite_sequence WHERE name = 'mail_message'`)?.seq ?? 0) + 1
}
