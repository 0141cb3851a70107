import type { JsonObject } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import type { Handle } from './tables.ts'

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

/** At most `limit` events, the newest first; of one instant, in an order that stays the same. */
export async function listAuditEvents(handle: Handle, limit: number): Promise<readonly AuditEvent[]> {
  const rows = await handle
    .selectFrom('audit_event')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
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
  }))
}

function readDetail(text: string): JsonObject {
  const detail: unknown = JSON.parse(text)
  if (!isJsonObject(detail)) throw new TypeError('An audit event of the store does not hold a JSON object.')
  return detail
}
