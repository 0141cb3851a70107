import type { Behaviour, Orm } from '../../engine/contract.ts'
import { everyone } from '../../models/same-for-all.ts'
import { momentText } from '../../value/moment.ts'
import { guardMessages, narrowedMessages } from './message-rights.ts'
import { authorOf, newMessageId } from './thread-notes.ts'

/** Messages: who may read them follows the record that they are about. */
export const mailMessage: Behaviour = {
  names: (orm, ids) => {
    const { notesNameRecord } = orm.engine.version.threads
    const names = recordNames(orm, ids)
    const subjects = orm.values('mail.message', ids, ['subject'])
    return new Map(
      [...subjects].map(([id, { subject }]) => [
        id,
        String((notesNameRecord && subject) || names.get(id) || `mail.message,${id}`),
      ]),
    )
  },
  computed: {
    record_name: recordNames,
    preview: (orm, ids) =>
      new Map([...orm.values('mail.message', ids, ['body'])].map(([id, { body }]) => [id, preview(body)])),
    needaction: (_orm, ids) => everyone(ids, false),
    has_error: (_orm, ids) => everyone(ids, false),
    rating_value: (_orm, ids) => everyone(ids, 0),
    description: (_orm, ids) => everyone(ids, false),
    starred: (orm, ids) => {
      const { partnerId } = orm.user()
      const records = orm.asSuperuser().values('mail.message', ids, ['starred_partner_ids'])
      return new Map(
        [...records].map(([id, { starred_partner_ids: list }]) => [
          id,
          Array.isArray(list) && list.includes(partnerId),
        ]),
      )
    },
    is_current_user_or_guest_author: (orm, ids) => {
      const { partnerId } = orm.user()
      return new Map(
        [...orm.values('mail.message', ids, ['author_id'])].map(([id, { author_id: author }]) => [
          id,
          author === partnerId,
        ]),
      )
    },
  },
  searched: {
    starred: (orm, operator, value) => [
      ['starred_partner_ids', (operator === '=') === Boolean(value) ? 'in' : 'not in', [orm.user().partnerId]],
    ],
    needaction: (_orm, operator, value) => ((operator === '=') === Boolean(value) ? [[0, '=', 1]] : []),
  },
  defaults: {
    author_id: (orm) => authorOf(orm).id,
    email_from: (orm) => authorOf(orm).email ?? false,
    reply_to: (orm) => authorOf(orm).email ?? false,
    date: (orm) => momentText(orm.engine.nowMs()),
    message_id: (orm) => newMessageId(orm, 'private'),
  },
  narrowed: (orm) => narrowedMessages(orm),
  guarded: guardMessages,
}

/** The names of the records that messages are about; until 18, notes that were only logged have none. */
function recordNames(orm: Orm, ids: readonly number[]): Map<number, unknown> {
  const { notesNameRecord } = orm.engine.version.threads
  const names = new Map<number, unknown>(everyone(ids, false))
  const messages = orm.values('mail.message', ids, ['model', 'res_id', 'is_internal'])
  for (const [model, group] of Map.groupBy(messages, ([, message]) => String(message.model))) {
    if (!orm.engine.schema.models.has(model)) continue
    const records = [...new Set(group.map(([, message]) => Number(message.res_id)))]
    const found = orm.names(model, records)
    for (const [id, message] of group) {
      if (notesNameRecord || !message.is_internal) names.set(id, found.get(Number(message.res_id)) ?? false)
    }
  }
  return names
}

/** The body without its tags, 190 characters at most (mail_message.py, _compute_preview). */
function preview(body: unknown): string {
  const text = String(body || '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 190 ? `${text.slice(0, 185)} [...]` : text
}
