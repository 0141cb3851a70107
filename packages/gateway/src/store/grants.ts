import { type Selectable, sql } from 'kysely'
import type { GrantTable, Handle } from './tables.ts'
import { readTextList, writeTextList } from './text-list.ts'

/** One sign-in: who, through which API, by which client, with what scopes, behind which Odoo session. */
export type Grant = {
  readonly id: string
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly api: string
  readonly clientId: string
  /** The surface that the sign-in came through (`odoo-jwt`, `send-request`, …). */
  readonly surface: string
  readonly scopes: readonly string[]
  readonly administrator: boolean
  readonly odooSessionId: string | undefined
  /** What opens Odoo again and again for a grant that has no session of its own: that of a key or a client. */
  readonly odooCredentialId: string | undefined
  /** The user agent at sign-in, for people who look for the grant of a lost phone. */
  readonly device: string | undefined
  readonly createdAtMs: number
  /** The end of the grant, however often its tokens are rotated. */
  readonly expiresAtMs: number
  /** When the grant was ended before that, and why. */
  readonly endedAtMs: number | undefined
  readonly endedReason: string | undefined
}

/** True while tokens of the grant may be accepted: neither ended nor past its end. */
export function isGrantLive(grant: Grant, nowMs: number): boolean {
  return grant.endedAtMs === undefined && nowMs < grant.expiresAtMs
}

/** Adds a grant. Its Odoo session, if it has one, must be in the store. */
export async function insertGrant(handle: Handle, grant: Grant): Promise<void> {
  await handle
    .insertInto('grant')
    .values({
      id: grant.id,
      database: grant.database,
      uid: grant.uid,
      login: grant.login,
      api: grant.api,
      client_id: grant.clientId,
      surface: grant.surface,
      scopes: writeTextList(grant.scopes),
      administrator: grant.administrator ? 1 : 0,
      odoo_session_id: grant.odooSessionId ?? null,
      odoo_credential_id: grant.odooCredentialId ?? null,
      device: grant.device ?? null,
      created_at: grant.createdAtMs,
      expires_at: grant.expiresAtMs,
      ended_at: grant.endedAtMs ?? null,
      ended_reason: grant.endedReason ?? null,
    })
    .execute()
}

/** The grant of this id, ended ones included until they are swept. By primary key. */
export async function findGrant(handle: Handle, id: string): Promise<Grant | undefined> {
  const row = await handle.selectFrom('grant').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : grantOf(row)
}

/** What to list; a member that is left out asks for all. */
export type GrantFilter = {
  readonly database?: string | undefined
  readonly uid?: number | undefined
  readonly login?: string | undefined
  readonly clientId?: string | undefined
  readonly surface?: string | undefined
  /** A part of the device's name, in any case of its letters. */
  readonly device?: string | undefined
  /** `live`: neither ended nor past their end; `ended`: the others. */
  readonly state?: 'live' | 'ended' | undefined
  /** The last grant of the page before. */
  readonly after?: { readonly createdAtMs: number; readonly id: string } | undefined
}

/** At most `limit` grants, the newest first; of one instant, in an order that stays the same. */
export async function listGrants(
  handle: Handle,
  filter: GrantFilter,
  { nowMs, limit }: { readonly nowMs: number; readonly limit: number },
): Promise<readonly Grant[]> {
  const { database, uid, login, clientId, surface, device, state, after } = filter
  let query = handle.selectFrom('grant').selectAll()
  if (database !== undefined) query = query.where('database', '=', database)
  if (uid !== undefined) query = query.where('uid', '=', uid)
  if (login !== undefined) query = query.where('login', '=', login)
  if (clientId !== undefined) query = query.where('client_id', '=', clientId)
  if (surface !== undefined) query = query.where('surface', '=', surface)
  if (device !== undefined) {
    const pattern = `%${device.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`lower(${sql.ref('device')}) like ${pattern} escape '\\'`)
  }
  if (state === 'live') query = query.where('ended_at', 'is', null).where('expires_at', '>', nowMs)
  if (state === 'ended')
    query = query.where((where) => where.or([where('ended_at', 'is not', null), where('expires_at', '<=', nowMs)]))
  if (after !== undefined)
    query = query.where((where) =>
      where.or([
        where('created_at', '<', after.createdAtMs),
        where.and([where('created_at', '=', after.createdAtMs), where('id', '<', after.id)]),
      ]),
    )
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(grantOf)
}

/** Gives a grant another credential. */
export async function rebindGrant(handle: Handle, id: string, odooCredentialId: string): Promise<void> {
  await handle.updateTable('grant').set({ odoo_credential_id: odooCredentialId }).where('id', '=', id).execute()
}

/** Ends a grant. True for the one call that did: a second one changes neither time nor reason. */
export async function endGrant(handle: Handle, id: string, end: GrantEnd): Promise<boolean> {
  // The condition makes ending once-only on every engine, whatever else runs at the same time.
  const { numUpdatedRows } = await handle
    .updateTable('grant')
    .set({ ended_at: end.endedAtMs, ended_reason: end.reason })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** When and why a grant ended. */
export type GrantEnd = { readonly endedAtMs: number; readonly reason: string }

/** True while a live grant stands on this Odoo session, so that it must not be logged out. */
export async function hasLiveGrantOnSession(handle: Handle, odooSessionId: string, nowMs: number): Promise<boolean> {
  const row = await handle
    .selectFrom('grant')
    .select('id')
    .where('odoo_session_id', '=', odooSessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** At most `limit` ids of grants that nobody has ended and that are past their end, the oldest first. */
export async function listGrantsPastTheirEnd(handle: Handle, nowMs: number, limit: number): Promise<readonly string[]> {
  const rows = await handle
    .selectFrom('grant')
    .select('id')
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', nowMs)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** How many grants live, by database. Looks at every one of them, by an index of just these. */
export async function countLiveGrants(handle: Handle, nowMs: number): Promise<ReadonlyMap<string, number>> {
  const rows = await handle
    .selectFrom('grant')
    .select(({ fn }) => ['database', fn.countAll<number | bigint | string>().as('count')])
    .where('ended_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .groupBy('database')
    .execute()
  return new Map(rows.map(({ database, count }) => [database, Number(count)]))
}

/** A row as the rest of the gateway sees it. */
export function grantOf(row: Selectable<GrantTable>): Grant {
  return {
    id: row.id,
    database: row.database,
    uid: row.uid,
    login: row.login,
    api: row.api,
    clientId: row.client_id,
    surface: row.surface,
    scopes: readTextList(row.scopes),
    administrator: row.administrator === 1,
    odooSessionId: row.odoo_session_id ?? undefined,
    odooCredentialId: row.odoo_credential_id ?? undefined,
    device: row.device ?? undefined,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    endedAtMs: row.ended_at ?? undefined,
    endedReason: row.ended_reason ?? undefined,
  }
}
