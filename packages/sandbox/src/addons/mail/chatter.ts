import type { Behaviour, Method, Orm, Values } from '../../engine/contract.ts'
import { following } from '../../models/following.ts'
import { everyone } from '../../models/same-for-all.ts'
import { listOf, type Sql, sql } from '../../sql/sql-text.ts'
import { activityFields, activitySchedule } from './activity.ts'
import { messageSubscribe, messageUnsubscribe } from './followers.ts'
import { messagePost, POST_PARAMS } from './message-post.ts'
import { THREADS, type Thread } from './threads.ts'

const METHODS: readonly Method[] = [
  { name: 'message_post', on: 'records', params: POST_PARAMS, run: messagePost },
  { name: 'message_subscribe', on: 'records', params: ['partner_ids?', 'subtype_ids?'], run: messageSubscribe },
  { name: 'message_unsubscribe', on: 'records', params: ['partner_ids?'], run: messageUnsubscribe },
  {
    name: 'activity_schedule',
    on: 'records',
    params: ['act_type_xmlid?', 'date_deadline?', 'summary?', 'note?', '**'],
    run: activitySchedule,
  },
]

/** What messages, followers and activities add to the models that have them. */
export const CHATTERS: Readonly<Record<string, Behaviour>> = Object.fromEntries(
  THREADS.map((thread) => [thread.model, chatter(thread)]),
)

function chatter({ model, since, until }: Thread): Behaviour {
  const never = (_orm: Orm, ids: readonly number[]) => everyone<unknown>(ids, false)
  const none = (_orm: Orm, ids: readonly number[]) => everyone<unknown>(ids, 0)
  return {
    computed: {
      has_message: (orm, ids) => counts(orm, ids, messagesOf(model), (count) => count > 0),
      message_attachment_count: (orm, ids) => counts(orm, ids, filesOf(model), (count) => count),
      message_is_follower: (orm, ids) => following(orm, model, ids),
      message_has_error: never,
      message_has_error_counter: none,
      message_has_sms_error: never,
      message_needaction: never,
      message_needaction_counter: none,
      website_message_ids: (orm, ids) => websiteMessages(orm, model, ids),
      ...activityFields(model),
    },
    searched: {
      message_is_follower: (orm, operator, value) => [
        ['message_partner_ids', (operator === '=') === Boolean(value) ? 'in' : 'not in', [orm.user().partnerId]],
      ],
      has_message: (_orm, operator, value) => [
        ['message_ids', (operator === '=') === Boolean(value) ? '!=' : '=', false],
      ],
    },
    methods: METHODS.map((method) => ({ ...method, since, until })),
  }
}

const messagesOf = (model: string): Sql => sql`FROM mail_message WHERE model = ${model}`
const filesOf = (model: string): Sql => sql`FROM ir_attachment WHERE res_model = ${model} AND res_field IS NULL`

/** How many of the rows belong to each record. */
function counts<T>(orm: Orm, ids: readonly number[], rows: Sql, show: (count: number) => T): Map<number, T> {
  const query = sql`SELECT res_id, count(*) AS "count" ${rows} AND res_id IN ${listOf(ids)} GROUP BY res_id`
  const found = new Map(orm.engine.db.all(query).map((row) => [Number(row.res_id), Number(row.count)]))
  return new Map(ids.map((id) => [id, show(found.get(id) ?? 0)]))
}

const WEBSITE_TYPES = ['email', 'comment', 'email_outgoing', 'auto_comment']

function websiteMessages(orm: Orm, model: string, ids: readonly number[]): Map<number, number[]> {
  const domain = [
    ['model', '=', model],
    ['res_id', 'in', ids],
    ['message_type', 'in', WEBSITE_TYPES],
  ]
  const found = orm.search('mail.message', domain)
  const records = orm.values('mail.message', found, ['res_id'])
  const lists = new Map(ids.map((id): [number, number[]] => [id, []]))
  for (const id of found) lists.get(recordOf(records.get(id)))?.push(id)
  return lists
}

function recordOf(message: Values | undefined): number {
  return Number(message?.res_id ?? 0)
}
