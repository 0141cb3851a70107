import { issueKey } from '../../credential/api-key.ts'
import type { Behaviour, MethodCall, Orm, Values } from '../../engine/contract.ts'
import { accessError, databaseError, validationError } from '../../fault/odoo-fault.ts'
import { withImplied } from '../../orm/load-user.ts'
import { sql } from '../../sql/sql-text.ts'
import { dayText, momentText } from '../../value/moment.ts'
import { pythonInt } from '../../value/python-int.ts'
import { checkIdentity, formAction } from './check-identity.ts'
import { oneRecord } from './one-record.ts'

const DAY_MS = 24 * 3600 * 1000

/** The wizard in which a user asks for an API key: what it is for, and from 18 on how long it holds. */
export const apiKeyWizard: Behaviour = {
  choices: { duration: durations },
  beforeCreate: (orm, values) => ({ ...expiry(orm, values), ...values }),
  checked: [{ when: ['expiration_date', 'duration'], run: checkExpiry }],
  methods: [checkIdentity({ name: 'make_key', on: 'records', params: [], run: makeKey })],
}

/** The page that shows the key once. It has no table: a client only ever asks for its defaults. */
export const apiKeyShown: Behaviour = {
  narrowed: noTable,
  guarded: noTable,
}

function makeKey(call: MethodCall): Record<string, unknown> {
  const { orm, model } = call
  if (!orm.user().groups.has('base.group_user')) throw accessError('Only internal users can create API keys')
  const expires = model.fields.has('expiration_date')
  const wizard = oneRecord(call, expires ? ['name', 'expiration_date'] : ['name'])
  const { name, expiration_date: date = false } = wizard?.values ?? {}
  if (expires) checkDate(orm, date)
  if (wizard === undefined || typeof name !== 'string') {
    throw databaseError('NotNullViolation', 'null value in column "name" violates not-null constraint\n')
  }
  const expirationDate = typeof date === 'string' ? date : null
  const key = issueKey(orm.engine, 'res.users.apikeys', { uid: orm.uid, name, scope: null, expirationDate })
  orm.asSuperuser().unlink(model.name, [wizard.id])
  return { ...formAction('res.users.apikeys.show', 'API Key Ready'), context: { default_key: key } }
}

/** A duration in days is the end of a key, unless that was said; 0 is never. */
function expiry(orm: Orm, { duration = '1' }: Values): Values {
  if (!orm.model('res.users.apikeys.description').fields.has('duration') || !duration) return {}
  const days = pythonInt(duration)
  if (days <= 0) return days === 0 ? { expiration_date: false } : {}
  return { expiration_date: `${dayText(orm.engine.nowMs() + days * DAY_MS)} 00:00:00` }
}

function checkExpiry(orm: Orm, ids: readonly number[]): void {
  const model = 'res.users.apikeys.description'
  if (!orm.model(model).fields.has('expiration_date')) return
  for (const { expiration_date: date } of orm.values(model, ids, ['expiration_date']).values()) checkDate(orm, date)
}

/** Only administrators make keys without an end, or beyond what their groups allow (APIKeys._check_expiration_date). */
function checkDate(orm: Orm, date: unknown): void {
  if (orm.user().groups.has('base.group_system')) return
  if (typeof date !== 'string') throw validationError('The API key must have an expiration date')
  const days = longestDuration(orm)
  if (date <= momentText(orm.engine.nowMs() + days * DAY_MS)) return
  throw validationError(`You cannot exceed ${Number.isInteger(days) ? days.toFixed(1) : days} days.`)
}

const CHOICES: readonly (readonly [string, string])[] = [
  ['1', '1 Day'],
  ['7', '1 Week'],
  ['30', '1 Month'],
  ['90', '3 Months'],
  ['180', '6 Months'],
  ['365', '1 Year'],
]
const NEVER = ['0', 'Persistent Key'] as const
const CUSTOM = ['-1', 'Custom Date'] as const

function durations(orm: Orm): readonly (readonly [string, string])[] {
  if (orm.user().groups.has('base.group_system')) return [...CHOICES, NEVER, CUSTOM]
  const longest = longestDuration(orm)
  return [...CHOICES.filter(([days]) => Number(days) <= longest), CUSTOM]
}

/** The longest of the user's groups, in days; a day when none says anything. */
function longestDuration(orm: Orm): number {
  const { db } = orm.engine
  const own = db.all(sql`SELECT gid FROM res_groups_users_rel WHERE uid = ${orm.uid}`).map((row) => Number(row.gid))
  const row = db.get(sql`SELECT MAX(api_key_duration) AS longest FROM res_groups WHERE id IN (${withImplied(own)})`)
  return Number(row?.longest) || 1
}

function noTable(): never {
  throw databaseError('UndefinedTable', 'relation "res_users_apikeys_show" does not exist\n')
}
