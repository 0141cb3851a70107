import { checkRecords } from '../../access/check-records.ts'
import type { MethodCall, Orm } from '../../engine/contract.ts'
import { valueError } from '../../fault/odoo-fault.ts'
import { idsToChange, noSingleton } from '../../orm/record-ids.ts'
import { markupText } from '../../value/markup-text.ts'
import { pythonText, pythonTruth } from '../../value/python-text.ts'
import { subscribe } from './followers.ts'
import { NOTE, subtypeNamed } from './subtypes.ts'
import { authorOf, newMessageId } from './thread-notes.ts'

type Arguments = Readonly<Record<string, unknown>>

/** The parameters of `message_post`, which are given by name. */
export const POST_PARAMS = [
  ...['*', 'body?', 'subject?', 'message_type?', 'email_from?', 'author_id?', 'parent_id?', 'subtype_xmlid?'],
  ...['subtype_id?', 'partner_ids?', 'attachments?', 'attachment_ids?', 'body_is_html?', '**'],
]

/** Other names that are taken: values of the message, and how its mails are sent, which the sandbox does not do. */
const OTHER_PARAMS = new Set([
  ...['create_date', 'date', 'email_add_signature', 'email_layout_xmlid', 'is_internal', 'mail_activity_type_id'],
  ...['mail_server_id', 'message_id', 'record_alias_domain_id', 'record_company_id', 'record_name', 'reply_to'],
  ...['reply_to_force_new', 'tracking_value_ids', 'force_email_company', 'force_email_lang', 'force_send'],
  ...['mail_auto_delete', 'model_description', 'notify_author', 'resend_existing', 'scheduled_date'],
  ...['send_after_commit', 'skip_existing', 'subtitles'],
])

/** The method `message_post`: writes a message on one record; its text is shown as it is (mail_thread.py). */
export function messagePost(call: MethodCall): number | number[] {
  const { orm, model, args } = call
  const ids = idsToChange(call)
  const [id] = ids
  if (id === undefined || ids.length > 1) throw noSingleton(model, ids)
  checkArguments(args)
  checkRecords(orm.asSuperuser(), model, [id], 'read')
  const author = typeof args.author_id === 'number' ? authorNamed(orm, args.author_id) : authorOf(orm)
  const email = args.email_from ? pythonText(args.email_from) : author.email
  const recipients = recipientsOf(orm, args)
  const message = orm.create('mail.message', {
    ...givenValues(orm, args),
    model: model.name,
    res_id: id,
    body: bodyOf(orm, args),
    subject: args.subject || subjectFor(orm, model.name, id, args),
    message_type: args.message_type ?? 'notification',
    subtype_id: subtypeOf(orm, args),
    parent_id: parentOf(orm, model.name, id, args.parent_id),
    author_id: author.id,
    email_from: email ?? false,
    reply_to: args.reply_to ?? email ?? false,
    message_id: newMessageId(orm, `${id}-${model.name}`),
    is_internal: args.is_internal ?? false,
    partner_ids: [[6, 0, recipients]],
    notified_partner_ids: [[6, 0, recipients]],
    attachment_ids: [[6, 0, attachmentsOf(orm, model.name, id, args)]],
  })
  const isManual = (args.message_type ?? 'notification') !== 'notification'
  if (isManual && !orm.context.mail_create_nosubscribe) subscribe(orm, model.name, [id], [orm.user().partnerId])
  if (orm.context.mail_post_autofollow) subscribe(orm, model.name, [id], recipients)
  return orm.engine.version.threads.postAnswers === 'id' ? message : [message]
}

/** Refuses what `message_post` refuses before it looks at the record. */
function checkArguments(args: Arguments): void {
  const known = new Set(POST_PARAMS.map((param) => param.replace('?', '')))
  const unknown = Object.keys(args).filter((name) => !known.has(name) && !OTHER_PARAMS.has(name))
  if (unknown.length > 0) {
    throw valueError(`Those values are not supported when posting or notifying: ${unknown.join(', ')}`)
  }
  if (args.message_type === 'user_notification') {
    throw valueError('Use message_notify to send a notification to an user.')
  }
  const { attachments, attachment_ids: files, partner_ids: partners } = args
  const isPair = (item: unknown): boolean => Array.isArray(item) && (item.length === 2 || item.length === 3)
  if (pythonTruth(attachments) && !(Array.isArray(attachments) && attachments.every(isPair))) {
    throw refused('attachments as a list of list or tuples', files ?? null)
  }
  if (pythonTruth(files) && !isIdList(files)) throw refused('attachments records as a list of IDs', files)
  if (pythonTruth(partners) && !isIdList(partners)) throw refused('partners as a list of IDs', partners)
}

function refused(what: string, received: unknown): Error {
  return valueError(`Posting a message should receive ${what} (received ${pythonText(received)})`)
}

/** Mails to partners carry the record's name when nothing else was said. */
function subjectFor(orm: Orm, model: string, id: number, args: Arguments): unknown {
  return idList(args.partner_ids).length === 0 ? false : (orm.names(model, [id]).get(id) ?? false)
}

/** The message that is answered, if there is one about this record (mail_thread.py, _message_compute_parent_id). */
function parentOf(orm: Orm, model: string, id: number, parent: unknown): unknown {
  if (typeof parent !== 'number' || !orm.engine.version.threads.looksUpTargets) return parent || false
  const found = orm.asSuperuser().values('mail.message', [parent], ['model', 'res_id']).get(parent)
  return found?.model === model && found.res_id === id ? parent : false
}

/** Partners that messages are for; where they are read first, they have to be there. */
function recipientsOf(orm: Orm, args: Arguments): number[] {
  const ids = idList(args.partner_ids)
  if (orm.engine.version.threads.looksUpTargets) checkRecords(orm.asSuperuser(), orm.model('res.partner'), ids, 'read')
  return ids
}

/** Values of the message itself among the arguments, besides those that are set anyway. */
function givenValues(orm: Orm, args: Arguments): Arguments {
  const fields = orm.model('mail.message').fields
  return Object.fromEntries(Object.entries(args).filter(([name]) => OTHER_PARAMS.has(name) && fields.has(name)))
}

function bodyOf(orm: Orm, args: Arguments): string {
  const body = args.body === undefined || args.body === null ? '' : pythonText(args.body)
  const isHtml = pythonTruth(args.body_is_html) && orm.user().groups.has('base.group_user')
  return isHtml ? body : markupText(body)
}

function subtypeOf(orm: Orm, args: Arguments): unknown {
  if (args.subtype_xmlid) return subtypeNamed(orm, pythonText(args.subtype_xmlid))
  return args.subtype_id || NOTE
}

function authorNamed(orm: Orm, id: number): { id: number; email: string | null } {
  const email = orm.asSuperuser().values('res.partner', [id], ['email_formatted']).get(id)?.email_formatted
  return { id, email: typeof email === 'string' ? email : null }
}

/** The files that are named, which the user has to be able to read, and new ones from `[name, content]`. */
function attachmentsOf(orm: Orm, model: string, id: number, args: Arguments): number[] {
  const named = idList(args.attachment_ids)
  if (named.length > 0) checkRecords(orm, orm.model('ir.attachment'), named, 'read')
  const given = Array.isArray(args.attachments) ? args.attachments : []
  const made = given.map(([name, content]: [unknown, unknown]) =>
    orm.asSuperuser().create('ir.attachment', {
      name: pythonText(name),
      datas: Buffer.from(pythonText(content)).toString('base64'),
      res_model: model,
      res_id: id,
    }),
  )
  return [...named, ...made]
}

function isIdList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => Number.isInteger(item))
}

function idList(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : []
}
