import type { Consequence, Orm } from '../../engine/contract.ts'
import { insertRow } from '../../orm/change-rows.ts'
import type { Model } from '../../schema/model.ts'
import { listOf, sql } from '../../sql/sql-text.ts'
import { markupText } from '../../value/markup-text.ts'
import { momentText } from '../../value/moment.ts'
import { subscribe } from './followers.ts'
import { NOTE, subtypeNamed } from './subtypes.ts'
import { isThread } from './threads.ts'
import { TRACKED_FIELDS, trackedSubtype } from './tracked-fields.ts'

/** What every thread keeps of its records' lives: who made one follows it, and notes tell of it and of changes. */
export const threadNotes: Consequence = {
  created(orm, model, id) {
    if (!isThread(model) || orm.context.tracking_disable) return
    if (!orm.context.mail_create_nosubscribe && !UNFOLLOWED.has(model.name)) {
      subscribe(orm, model.name, [id], [orm.user().partnerId])
    }
    if (!orm.context.mail_create_nolog) addNote(orm, model, id, creationNote(orm, model, id))
  },

  writing(orm, model, ids, fields) {
    if (!isThread(model) || orm.context.tracking_disable || orm.context.mail_notrack) return undefined
    const tracked = (TRACKED_FIELDS[model.name] ?? []).filter((name) => model.fields.has(name))
    if (!tracked.some((name) => fields.includes(name))) return undefined
    const reader = orm.asSuperuser()
    const before = reader.values(model.name, ids, tracked)
    return () => {
      for (const [id, now] of reader.values(model.name, ids, tracked)) {
        const changed = tracked.filter((name) => !isSame(before.get(id)?.[name], now[name]))
        if (changed.length > 0) addNote(orm, model, id, { body: '', ...trackedNote(orm, model, changed, now) })
      }
    }
  },

  deleted(orm, model, ids) {
    if (!isThread(model)) return
    const { db } = orm.engine
    db.run(sql`DELETE FROM mail_message WHERE model = ${model.name} AND res_id IN ${listOf(ids)}`)
    db.run(sql`DELETE FROM mail_followers WHERE res_model = ${model.name} AND res_id IN ${listOf(ids)}`)
    db.run(sql`DELETE FROM mail_activity WHERE res_model = ${model.name} AND res_id IN ${listOf(ids)}`)
  },
}

/** Projects are followed by their managers, not by who makes them (project_project.py, create). */
const UNFOLLOWED = new Set(['project.project'])

type Note = { readonly body: string; readonly subtype?: number }

/** `Contact created`, or what the model says of itself (project_task.py, _creation_message). */
function creationNote(orm: Orm, model: Model, id: number): Note {
  if (model.name !== 'project.task') return { body: `<p>${model.label} created</p>` }
  const subtype = subtypeNamed(orm, 'project.mt_task_new')
  if (!orm.engine.version.threads.newTasksAreTold) return { body: '', subtype }
  const project = orm.asSuperuser().values(model.name, [id], ['project_id']).get(id)?.project_id
  const name = typeof project === 'number' ? orm.names('project.project', [project]).get(project) : undefined
  const text =
    name === undefined
      ? 'A new task has been created and is not part of any project.'
      : `A new task has been created in the "${markupText(name)}" project.`
  const body = `<div summary="o_mail_notification"><p>${text}</p></div>`
  return { body, subtype }
}

function trackedNote(orm: Orm, model: Model, changed: readonly string[], now: object): { subtype?: number } {
  const xmlid = trackedSubtype(model.name, changed, now)
  return xmlid === undefined ? {} : { subtype: subtypeNamed(orm, xmlid) }
}

/** Inserts the note as it is: no right, no default of the context and no note about the note has a part in it. */
function addNote(orm: Orm, model: Model, id: number, { body, subtype }: Note): void {
  const author = authorOf(orm)
  insertRow(orm, orm.model('mail.message'), {
    model: model.name,
    res_id: id,
    body,
    message_type: 'notification',
    subtype_id: subtype ?? NOTE,
    is_internal: subtype === undefined ? 1 : 0,
    author_id: author.id,
    email_from: author.email,
    reply_to: author.email,
    date: momentText(orm.engine.nowMs()),
    message_id: newMessageId(orm, subtype === undefined ? 'message-notify' : `${id}-${model.name}`),
  })
}

/** The partner of the user, and his address as mail names it. */
export function authorOf(orm: Orm): { id: number; email: string | null } {
  const { partnerId } = orm.user()
  const record = orm.asSuperuser().values('res.partner', [partnerId], ['email_formatted']).get(partnerId)
  return { id: partnerId, email: typeof record?.email_formatted === 'string' ? record.email_formatted : null }
}

/** An id of a mail as Odoo makes them: random, the time, what it is about. */
export function newMessageId(orm: Orm, about: string): string {
  const random = orm.engine.randomBytes(6).readUIntBE(0, 6)
  return `<${random}.${Math.floor(orm.engine.nowMs() / 1000)}.${random % 1_000_000}-openerp-${about}@sandbox>`
}

function isSame(before: unknown, now: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(now)
}
