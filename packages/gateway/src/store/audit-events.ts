import type { ExpressionBuilder, Selectable } from 'kysely'
import type { JsonObject } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import type { AuditEventTable, Handle, Tables } from './tables.ts'

/** What happened, when, and whom it concerns. Metadata only: never a token, a password or a record's value. */
export type AuditEvent = {
  readonly id: string
  readonly atMs: number
  /** The kind of event (`reuse_detected`, `grant_ended`, …). */
  readonly kind: string
  readonly database?: string | undefined
  readonly uid?: number | undefined
  readonly login?: string | undefined
  readonly grantId?: string | undefined
  readonly clientId?: string | undefined
  readonly api?: string | undefined
  /** The address of the caller. */
  readonly address?: string | undefined
  readonly requestId?: string | undefined
  readonly detail: JsonObject
}

/** Adds an event to the trail. Events are never changed. */
export async function insertAuditEvent(handle: Handle, event: AuditEvent): Promise<void> {
  await handle
    .insertInto('audit_event')
    .values({
      id: event.id,
      at: event.atMs,
      kind: event.kind,
      database: event.database ?? null,
      uid: event.uid ?? null,
      login: event.login ?? null,
      grant_id: event.grantId ?? null,
      client_id: event.clientId ?? null,
      api: event.api ?? null,
      address: event.address ?? null,
      request_id: event.requestId ?? null,
      detail: JSON.stringify(event.detail),
    })
    .execute()
}

/** Which events to list; what is left out does not matter. */
export type AuditFilter = {
  readonly kind?: string | undefined
  readonly database?: string | undefined
  /** The id of an Odoo user, or a login, under whose name events were kept. */
  readonly user?: number | string | undefined
  readonly sinceMs?: number | undefined
  /** The last event of the page before. */
  readonly before?: { readonly atMs: number; readonly id: string } | undefined
}

/**
 * At most `limit` events, the newest first; of one instant, in an order that stays the same. Goes on behind `before` by
 * the index, however far back that is.
 */
export async function listAuditEvents(
  handle: Handle,
  limit: number,
  { kind, database, user, sinceMs, before }: AuditFilter = {},
): Promise<readonly AuditEvent[]> {
  let query = handle.selectFrom('audit_event').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (database !== undefined) query = query.where('database', '=', database)
  if (sinceMs !== undefined) query = query.where('at', '>=', sinceMs)
  if (before !== undefined) {
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(before.atMs, before.id)))
  }
  if (typeof user === 'number') query = query.where('uid', '=', user)
  if (typeof user === 'string') {
    const users = await usersOf(handle, user)
    query = query.where((eb) => eb.or([eb('login', '=', user), ...users.map((one) => isUser(eb, one))]))
  }
  return (await query.execute()).map(eventOf)
}

/** Removes at most `limit` events from `beforeMs` or earlier, the oldest first. Answers how many. */
export async function deleteAuditEventsUntil(handle: Handle, beforeMs: number, limit: number): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom('audit_event')
    .where('id', 'in', (rows) =>
      rows.selectFrom('audit_event').select('id').where('at', '<=', beforeMs).orderBy('at').limit(limit),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

type User = { readonly database: string | null; readonly uid: number | null }

/** Many events name a user by id alone; who signed in under the login tells which. A login is of a few databases. */
function usersOf(handle: Handle, login: string): Promise<readonly User[]> {
  return handle
    .selectFrom('audit_event')
    .select(['database', 'uid'])
    .distinct()
    .where('login', '=', login)
    .where('uid', 'is not', null)
    .limit(100)
    .execute()
}

function isUser(eb: ExpressionBuilder<Tables, 'audit_event'>, { database, uid }: User) {
  return eb.and([eb('database', '=', database), eb('uid', '=', uid)])
}

function eventOf(row: Selectable<AuditEventTable>): AuditEvent {
  return {
    id: row.id,
    atMs: row.at,
    kind: row.kind,
    database: row.database ?? undefined,
    uid: row.uid ?? undefined,
    login: row.login ?? undefined,
    grantId: row.grant_id ?? undefined,
    clientId: row.client_id ?? undefined,
    api: row.api ?? undefined,
    address: row.address ?? undefined,
    requestId: row.request_id ?? undefined,
    detail: readDetail(row.detail),
  }
}

function readDetail(text: string): JsonObject {
  const detail: unknown = JSON.parse(text)
  if (!isJsonObject(detail)) throw new TypeError('An audit event of the store does not hold a JSON object.')
  return detail
}
