import { mayUseField } from '../../access/check-fields.ts'
import { checkModel, mayUse } from '../../access/check-model.ts'
import { checkRecords, existingIds, hiddenRecords, permittedIds } from '../../access/check-records.ts'
import type { Condition } from '../../engine/condition.ts'
import type { Operation, Orm, Values } from '../../engine/contract.ts'
import { accessError } from '../../fault/odoo-fault.ts'
import { listOf, sql } from '../../sql/sql-text.ts'
import { recordsText } from '../../value/python-text.ts'

const MODEL = 'ir.attachment'
const REFUSAL = 'Sorry, you are not allowed to access this document.'

/** What decides who may have an attachment. */
type Link = {
  readonly id: number
  readonly resModel: string | null
  readonly resId: number | null
  readonly resField: string | null
  readonly isPublic: boolean
  readonly creator: number
}

/**
 * What a search for attachments adds: files of fields stay out unless the domain asks for them, and others than public
 * ones follow the rights on the record that they are attached to (ir_attachment.py, _search).
 */
export function narrowedAttachments(orm: Orm, asked: Condition): readonly unknown[] | false {
  const hidesFields = !orm.context.skip_res_field_check && !mentions(asked, ['id', 'res_field'])
  const domain: unknown[] = hidesFields ? [['res_field', '=', false]] : []
  if (orm.superuser) return domain
  if (!mayUse(orm, MODEL, 'read')) {
    // From 19 on, a search that names no model looks at each attachment by itself, and finds none.
    const finds = orm.engine.version.attachmentRights === 'own' && !mentions(asked, ['res_model'])
    return finds ? false : domain
  }
  const visible = readable(
    orm,
    linksOf(orm).filter((link) => !(hidesFields && link.resField)),
  )
  return [...domain, ['id', 'in', visible]]
}

/** May the user read it, although the model's rights may say no? Customers see those of the records that they see. */
export function mayReadAttachment(orm: Orm, id: number): boolean {
  return readable(orm, linksOf(orm, [id])).length > 0
}

/** Refuses what the record behind an attachment refuses (ir_attachment.py, check and _check_access). */
export function guardAttachments(orm: Orm, operation: Operation, ids: readonly number[], values: Values): void {
  if (operation === 'read') guardReading(orm, ids)
  else if (orm.engine.version.attachmentRights === 'linked') guardByRecord(orm, ids, values)
  else guardByAttachment(orm, operation, ids, values)
}

function guardReading(orm: Orm, ids: readonly number[]): void {
  const mayRead = mayUse(orm, MODEL, 'read')
  if (!mayRead && orm.engine.version.attachmentRights === 'linked') return
  const links = linksOf(orm, ids)
  const visible = mayRead ? new Set(readable(orm, links)) : new Set<number>()
  if (links.some(({ id }) => !visible.has(id))) throw hiddenRecords(orm, orm.model(MODEL), 'read')
}

/** Until 18: the refusal is the one of the record. */
function guardByRecord(orm: Orm, ids: readonly number[], values: Values): void {
  const { groups } = orm.user()
  if (!groups.has('base.group_user') && !groups.has('base.group_erp_manager')) throw accessError(REFUSAL)
  const targets: (readonly [string, number])[] = []
  for (const link of linksOf(orm, ids)) {
    if (!isOwn(orm, link)) throw accessError(REFUSAL)
    if (link.resModel && link.resId) targets.push([link.resModel, link.resId])
  }
  if (typeof values.res_model === 'string' && typeof values.res_id === 'number') {
    targets.push([values.res_model, values.res_id])
  }
  for (const [model, records] of byModel(targets)) {
    const target = orm.engine.schema.models.get(model)
    if (target === undefined || isOneself(orm, model, records)) continue
    checkRecords(orm, target, [...existingIds(orm, target, records)], 'write')
  }
}

/** From 19 on: the refusal names the attachments. */
function guardByAttachment(orm: Orm, operation: Operation, ids: readonly number[], values: Values): void {
  if (operation === 'unlink') guardReading(orm, ids)
  if (operation !== 'create') checkModel(orm, orm.model(MODEL), operation)
  const links = linksOf(orm, ids)
  const forbidden = links.filter((link) => {
    if (!isOwn(orm, link)) return true
    return link.resModel && link.resId ? !mayChange(orm, link.resModel, [link.resId]) : false
  })
  if (forbidden.length > 0) {
    const listed = forbidden.slice(0, 6).map(({ id }) => id)
    throw accessError(
      `${REFUSAL} Please contact your system administrator.\n\n(Operation: ${operation === 'unlink' ? 'write' : operation})\n\n` +
        `Records: ${recordsText(MODEL, listed)}, User: ${orm.uid}`,
    )
  }
  if (!values.res_model && !values.res_id) return
  const last = links[0]
  const model = values.res_model ?? last?.resModel
  const id = values.res_id ?? last?.resId
  if (typeof model === 'string' && typeof id === 'number' && id !== 0 && !mayChange(orm, model, [id])) {
    throw accessError(REFUSAL)
  }
}

function mayChange(orm: Orm, model: string, ids: readonly number[]): boolean {
  const target = orm.engine.schema.models.get(model)
  if (target === undefined) return false
  if (isOneself(orm, model, ids)) return true
  return mayUse(orm, model, 'write') && permittedIds(orm, target, ids, 'write').length === ids.length
}

/** Without a record it is its creator's; with a field, the field has to be open to the user. */
function isOwn(orm: Orm, link: Link): boolean {
  if (orm.user().groups.has('base.group_system')) return true
  if (!link.resId) return link.creator === orm.uid
  return mayUseFieldOf(orm, link)
}

function mayUseFieldOf(orm: Orm, { resModel, resField }: Link): boolean {
  if (!resModel || !resField || orm.user().groups.has('base.group_system')) return true
  const field = orm.engine.schema.models.get(resModel)?.fields.get(resField)
  return field !== undefined && mayUseField(orm, field)
}

/** The attachments among these that the user may read. */
function readable(orm: Orm, links: readonly Link[]): number[] {
  const isSystem = orm.user().groups.has('base.group_system')
  const found: number[] = []
  const linked: Link[] = []
  for (const link of links) {
    if (link.isPublic || (!link.resId && (isSystem || link.creator === orm.uid))) found.push(link.id)
    else if (link.resModel && link.resId && mayUseFieldOf(orm, link)) linked.push(link)
  }
  for (const [model, group] of Map.groupBy(linked, ({ resModel }) => resModel ?? '')) {
    const target = orm.engine.schema.models.get(model)
    if (target === undefined) {
      if (orm.engine.version.attachmentRights === 'linked') found.push(...group.map(({ id }) => id))
    } else if (mayUse(orm, model, 'read')) {
      const records = [...new Set(group.map(({ resId }) => resId ?? 0))]
      const open = new Set(permittedIds(orm, target, records, 'read'))
      found.push(...group.filter(({ resId }) => open.has(resId ?? 0)).map(({ id }) => id))
    }
  }
  return found
}

/** How all attachments, or those of the ids, hang on records. */
function linksOf(orm: Orm, ids?: readonly number[]): Link[] {
  const from = sql`SELECT id, res_model, res_id, res_field, public, create_uid FROM ir_attachment`
  const rows = orm.engine.db.all(ids === undefined ? from : sql`${from} WHERE id IN ${listOf(ids)}`)
  return rows.map((row) => ({
    id: Number(row.id),
    resModel: typeof row.res_model === 'string' ? row.res_model : null,
    resId: typeof row.res_id === 'number' ? row.res_id : null,
    resField: typeof row.res_field === 'string' ? row.res_field : null,
    isPublic: row.public === 1,
    creator: Number(row.create_uid),
  }))
}

function byModel(targets: readonly (readonly [string, number])[]): Map<string, number[]> {
  const grouped = Map.groupBy(targets, ([model]) => model)
  return new Map([...grouped].map(([model, pairs]) => [model, [...new Set(pairs.map(([, id]) => id))]]))
}

/** Users may attach to themselves, although they may not write their own record. */
function isOneself(orm: Orm, model: string, ids: readonly number[]): boolean {
  return model === 'res.users' && ids.length === 1 && ids[0] === orm.uid
}

function mentions(condition: Condition, paths: readonly string[]): boolean {
  switch (condition.kind) {
    case 'constant':
      return false
    case 'term':
      return paths.includes(condition.path)
    case 'not':
      return mentions(condition.part, paths)
    default:
      return condition.parts.some((part) => mentions(part, paths))
  }
}
