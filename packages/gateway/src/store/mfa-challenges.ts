import type { Selectable } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import type { Handle, MfaChallengeTable } from './tables.ts'

/** A sign-in whose password was right and whose second factor is awaited, by the hash of its token. */
export type MfaChallenge = {
  readonly hash: SecretHash
  readonly database: string
  /** As it was typed. */
  readonly login: string
  readonly api: string
  readonly surface: string
  /** Odoo's half-open session and what else the sign-in remembers, under the master key. */
  readonly sealed: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** Adds a challenge that nobody has tried yet. */
export async function insertMfaChallenge(handle: Handle, challenge: MfaChallenge): Promise<void> {
  await handle
    .insertInto('mfa_challenge')
    .values({
      hash: challenge.hash,
      database: challenge.database,
      login: challenge.login,
      api: challenge.api,
      surface: challenge.surface,
      sealed: challenge.sealed,
      tries: 0,
      created_at: challenge.createdAtMs,
      expires_at: challenge.expiresAtMs,
      used_at: null,
    })
    .execute()
}

/** The challenge of this token, used and expired ones included until they are swept. By primary key. */
export async function findMfaChallenge(handle: Handle, hash: SecretHash): Promise<MfaChallenge | undefined> {
  const row = await handle.selectFrom('mfa_challenge').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row === undefined ? undefined : challengeOf(row)
}

/**
 * Takes one of the tries of a challenge that is neither used nor expired. Answers how many were taken with this one;
 * undefined when there is none to take.
 */
export async function takeMfaTry(
  handle: Handle,
  hash: SecretHash,
  { triesMax, nowMs }: { readonly triesMax: number; readonly nowMs: number },
): Promise<number | undefined> {
  // One statement: of codes that are tried at once, on whatever node, no more get through than there are tries.
  const row = await handle
    .updateTable('mfa_challenge')
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('hash', '=', hash)
    .where('tries', '<', triesMax)
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .returning('tries')
    .executeTakeFirst()
  return row?.tries
}

/** Uses a challenge up. True for the one call that did. */
export async function useMfaChallenge(handle: Handle, hash: SecretHash, usedAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('mfa_challenge')
    .set({ used_at: usedAtMs })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** At most `limit` challenges that ran out before `nowMs` and were never used: Odoo still holds their sessions. */
export async function listUnfinishedMfaChallenges(
  handle: Handle,
  nowMs: number,
  limit: number,
): Promise<readonly MfaChallenge[]> {
  const rows = await handle
    .selectFrom('mfa_challenge')
    .selectAll()
    .where('expires_at', '<=', nowMs)
    .where('used_at', 'is', null)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(challengeOf)
}

function challengeOf(row: Selectable<MfaChallengeTable>): MfaChallenge {
  return {
    // Written by `insertMfaChallenge` alone.
    hash: row.hash as SecretHash,
    database: row.database,
    login: row.login,
    api: row.api,
    surface: row.surface,
    sealed: row.sealed,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
  }
}
