import type { Selectable } from 'kysely'
import type { Handle, OdooSessionTable } from './tables.ts'

/** A web session that Gatehouse holds in Odoo for one user. Several grants may stand on it. */
export type OdooSession = {
  readonly id: string
  readonly database: string
  readonly uid: number
  /** Odoo's session id under the master key; `undefined` once it was wiped. */
  readonly sealedSessionId: string | undefined
  /** Grows with every id that Odoo gives the session. */
  readonly revision: number
  readonly openedAtMs: number
  readonly changedAtMs: number
  readonly endedAtMs: number | undefined
}

/** What is known of a session when Odoo has just opened it. */
export type OpenedOdooSession = {
  readonly id: string
  readonly database: string
  readonly uid: number
  readonly sealedSessionId: string
  readonly openedAtMs: number
}

/** Adds a session at revision 1. */
export async function insertOdooSession(handle: Handle, session: OpenedOdooSession): Promise<void> {
  await handle
    .insertInto('odoo_session')
    .values({
      id: session.id,
      database: session.database,
      uid: session.uid,
      sealed_session_id: session.sealedSessionId,
      revision: 1,
      opened_at: session.openedAtMs,
      changed_at: session.openedAtMs,
      ended_at: null,
    })
    .execute()
}

/** The session of this id, ended ones included until they are swept. By primary key. */
export async function findOdooSession(handle: Handle, id: string): Promise<OdooSession | undefined> {
  const row = await handle.selectFrom('odoo_session').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : sessionOf(row)
}

/** Odoo's newer id for a session, and the revision that the caller read before it. */
export type OdooSessionReplacement = {
  readonly id: string
  readonly revision: number
  readonly sealedSessionId: string
  readonly changedAtMs: number
}

/**
 * Keeps the id that Odoo has rotated to (Odoo 19: every 3 h; the old id dies 120 s later), before it is used.
 * False when another node was first or the session has ended: the caller then reads the session anew.
 */
export async function replaceOdooSessionId(handle: Handle, replacement: OdooSessionReplacement): Promise<boolean> {
  // Compare and set: of two nodes that saw Odoo rotate, one stores its id and the other learns of it.
  const { numUpdatedRows } = await handle
    .updateTable('odoo_session')
    .set({
      sealed_session_id: replacement.sealedSessionId,
      revision: replacement.revision + 1,
      changed_at: replacement.changedAtMs,
    })
    .where('id', '=', replacement.id)
    .where('revision', '=', replacement.revision)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Ends a session here; the sealed id stays until Odoo was told (`wipeOdooSessionId`). True for the one call that did,
 * so that one caller logs it out.
 */
export async function endOdooSession(handle: Handle, id: string, endedAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('odoo_session')
    .set({ ended_at: endedAtMs })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets the sealed id of an ended session, once Odoo has logged it out. A session that has not ended keeps its id. */
export async function wipeOdooSessionId(handle: Handle, id: string): Promise<void> {
  await handle
    .updateTable('odoo_session')
    .set({ sealed_session_id: null })
    .where('id', '=', id)
    .where('ended_at', 'is not', null)
    .execute()
}

/**
 * At most `limit` sessions that ended here at `nowMs` or earlier and that Odoo was not told of: their sealed ids are
 * still kept. The first to end comes first. By an index of just these rows.
 */
export async function listOdooSessionsToLogOut(
  handle: Handle,
  nowMs: number,
  limit: number,
): Promise<readonly OdooSession[]> {
  const rows = await handle
    .selectFrom('odoo_session')
    .selectAll()
    .where('sealed_session_id', 'is not', null)
    .where('ended_at', '<=', nowMs)
    .orderBy('ended_at')
    .limit(limit)
    .execute()
  return rows.map(sessionOf)
}

/**
 * Ends sessions that were opened at `beforeMs` or earlier and that neither a credential nor a grant names, not even an
 * ended one: the sign-in broke off between Odoo's answer and the grant. `beforeMs` lies far enough back for a sign-in to be over, and counts as
 * their end. At most `limit`, the first to be opened first; answers how many. Their log-outs are listed like any other.
 *
 * Looks at every open session up to `limit` orphans, by indexes alone.
 */
export async function endOrphanedOdooSessions(handle: Handle, beforeMs: number, limit: number): Promise<number> {
  const { numUpdatedRows } = await handle
    .updateTable('odoo_session')
    .set({ ended_at: beforeMs })
    .where('id', 'in', (sessions) =>
      sessions
        .selectFrom('odoo_session as opened')
        .select('opened.id')
        .where('opened.ended_at', 'is', null)
        .where('opened.opened_at', '<=', beforeMs)
        .where(({ exists, not, selectFrom }) =>
          not(exists(selectFrom('grant').select('grant.id').whereRef('grant.odoo_session_id', '=', 'opened.id'))),
        )
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('odoo_credential')
                .select('odoo_credential.id')
                .whereRef('odoo_credential.odoo_session_id', '=', 'opened.id'),
            ),
          ),
        )
        .orderBy('opened.opened_at')
        .limit(limit),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** How many sessions are open in Odoo, by database. Looks at every one of them, by an index of just these. */
export async function countOpenOdooSessions(handle: Handle): Promise<ReadonlyMap<string, number>> {
  const rows = await handle
    .selectFrom('odoo_session')
    .select(({ fn }) => ['database', fn.countAll<number | bigint | string>().as('count')])
    .where('ended_at', 'is', null)
    .groupBy('database')
    .execute()
  return new Map(rows.map(({ database, count }) => [database, Number(count)]))
}

function sessionOf(row: Selectable<OdooSessionTable>): OdooSession {
  return {
    id: row.id,
    database: row.database,
    uid: row.uid,
    sealedSessionId: row.sealed_session_id ?? undefined,
    revision: row.revision,
    openedAtMs: row.opened_at,
    changedAtMs: row.changed_at,
    endedAtMs: row.ended_at ?? undefined,
  }
}
