import { type SignInSweepCounts, sweepSignIns } from './sweep-sign-ins.ts'
import type { Handle } from './tables.ts'

const DAY_MS = 86_400_000

/** Ended grants stay this long, for people who ask what became of a sign-in. */
const GRANT_HISTORY_MS = 7 * DAY_MS

/** Ended Odoo sessions stay this long, so that a log-out that Odoo did not hear can be tried again. */
const ENDED_SESSION_MS = DAY_MS

/** How many rows each part of a sweep changed. A number that equals the limit says that more is left. */
export type SweepCounts = SignInSweepCounts & {
  /** Sealed successors whose grace window is over: wiped, so that only the hash remains. */
  readonly sealedSuccessors: number
  /** Grants that ended 7 days ago or earlier. */
  readonly grants: number
  /** Odoo sessions that ended a day ago or earlier. */
  readonly odooSessions: number
}

/**
 * Removes what has run out, at most `limit` rows a table, so that no call is long. Ending grants whose time is over is a
 * decision of `tokens/`; the sweep only removes what has ended.
 */
export async function sweepExpired(handle: Handle, nowMs: number, limit: number): Promise<SweepCounts> {
  return {
    sealedSuccessors: await wipeSealedSuccessors(handle, nowMs, limit),
    grants: await deleteEndedGrants(handle, nowMs - GRANT_HISTORY_MS, limit),
    odooSessions: await deleteEndedSessions(handle, nowMs - ENDED_SESSION_MS, limit),
    ...(await sweepSignIns(handle, nowMs, limit)),
  }
}

async function wipeSealedSuccessors(handle: Handle, nowMs: number, limit: number): Promise<number> {
  // Picked by a sub-select, because PostgreSQL has no `update … limit`. Served by the index of sealed rows alone.
  const { numUpdatedRows } = await handle
    .updateTable('refresh_token')
    .set({ successor_sealed: null })
    .where('hash', 'in', (rows) =>
      rows
        .selectFrom('refresh_token')
        .select('hash')
        .where('successor_sealed', 'is not', null)
        .where('grace_until', '<=', nowMs)
        .orderBy('grace_until')
        .limit(limit),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function deleteEndedGrants(handle: Handle, beforeMs: number, limit: number): Promise<number> {
  // Refresh tokens that are left go with their grant (`on delete cascade`).
  const { numDeletedRows } = await handle
    .deleteFrom('grant')
    .where('id', 'in', (rows) =>
      rows.selectFrom('grant').select('id').where('ended_at', '<=', beforeMs).orderBy('ended_at').limit(limit),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

async function deleteEndedSessions(handle: Handle, beforeMs: number, limit: number): Promise<number> {
  // A grant that named the session stays and names none (`on delete set null`).
  const { numDeletedRows } = await handle
    .deleteFrom('odoo_session')
    .where('id', 'in', (rows) =>
      rows.selectFrom('odoo_session').select('id').where('ended_at', '<=', beforeMs).orderBy('ended_at').limit(limit),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
