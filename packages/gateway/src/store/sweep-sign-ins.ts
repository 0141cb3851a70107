import type { Handle } from './tables.ts'

const DAY_MS = 86_400_000

/** Challenges stay this long behind their end, so that Odoo can be told of half-open sessions that it did not hear of. */
const CHALLENGE_MS = DAY_MS

/** Known addresses stay as long as any setting lets one count. */
const KNOWN_ADDRESS_MS = 366 * DAY_MS

/** What a sweep removed of the things that sign-ins remember. */
export type SignInSweepCounts = {
  /** Second factors that were awaited until a day ago or earlier. */
  readonly mfaChallenges: number
  /** Devices that are trusted no more. */
  readonly trustedDevices: number
  /** Addresses whose last success is 366 days old. */
  readonly knownAddresses: number
}

/** Removes what sign-ins remember and nobody needs any more, at most `limit` rows a table. */
export async function sweepSignIns(handle: Handle, nowMs: number, limit: number): Promise<SignInSweepCounts> {
  return {
    mfaChallenges: await deleteExpired(handle, 'mfa_challenge', nowMs - CHALLENGE_MS, limit),
    trustedDevices: await deleteExpired(handle, 'trusted_device', nowMs, limit),
    knownAddresses: await deleteKnownAddresses(handle, nowMs - KNOWN_ADDRESS_MS, limit),
  }
}

async function deleteExpired(
  handle: Handle,
  table: 'mfa_challenge' | 'trusted_device',
  beforeMs: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom(table)
    .where('hash', 'in', (rows) =>
      rows.selectFrom(table).select('hash').where('expires_at', '<=', beforeMs).orderBy('expires_at').limit(limit),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

async function deleteKnownAddresses(handle: Handle, beforeMs: number, limit: number): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom('known_address')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('database', 'login', 'address'),
        'in',
        selectFrom('known_address')
          .select(['database', 'login', 'address'])
          .where('succeeded_at', '<=', beforeMs)
          .orderBy('succeeded_at')
          .limit(limit)
          .$asTuple('database', 'login', 'address'),
      ),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
