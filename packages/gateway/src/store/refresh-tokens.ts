import { type Selectable, sql } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import type { Handle, RefreshTokenTable } from './tables.ts'

/** A refresh token as the store knows it: by its hash. */
export type RefreshToken = {
  readonly hash: SecretHash
  readonly grantId: string
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** Set once the token was rotated. */
  readonly consumed: Consumption | undefined
}

/** What is kept of a rotation beside the token that it used up. */
export type Consumption = {
  readonly consumedAtMs: number
  readonly successorHash: SecretHash
  /** The successor under the master key; `undefined` once it was wiped. */
  readonly successorSealed: string | undefined
  /** The end of the window in which a repeat is answered with the same successor. */
  readonly graceUntilMs: number
}

/** A token that nobody has used yet. */
export type UnusedRefreshToken = Omit<RefreshToken, 'consumed'>

/** Adds an unused token to a grant's chain. */
export async function insertRefreshToken(handle: Handle, token: UnusedRefreshToken): Promise<void> {
  await handle
    .insertInto('refresh_token')
    .values({
      hash: token.hash,
      grant_id: token.grantId,
      issued_at: token.issuedAtMs,
      expires_at: token.expiresAtMs,
      consumed_at: null,
      successor_hash: null,
      successor_sealed: null,
      grace_until: null,
    })
    .execute()
}

/** The token with this hash, used ones included. By primary key; the caller compares no secret. */
export async function findRefreshToken(handle: Handle, hash: SecretHash): Promise<RefreshToken | undefined> {
  const row = await handle.selectFrom('refresh_token').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row === undefined ? undefined : refreshTokenOf(row)
}

/** A row as the rest of the gateway sees it. */
export function refreshTokenOf(row: Selectable<RefreshTokenTable>): RefreshToken {
  return {
    // The column holds only what `hashSecret` answered.
    hash: row.hash as SecretHash,
    grantId: row.grant_id,
    issuedAtMs: row.issued_at,
    expiresAtMs: row.expires_at,
    consumed: consumptionOf(row),
  }
}

/**
 * Uses a token up. True for the one caller that did; false when another was first, who then answers for the successor.
 * The sealed copy of this token that its predecessor kept for repeats is wiped with it, since nobody is answered with it
 * any more; its hash stays, to recognise reuse.
 */
export async function consumeRefreshToken(
  handle: Handle,
  hash: SecretHash,
  consumption: Consumption,
): Promise<boolean> {
  // One statement for both rows: a trip to the database less for every rotation. The condition picks the one winner on
  // every engine: a second update finds no row that is still unused.
  const isThis = sql`hash = ${hash}`
  const changed = await handle
    .updateTable('refresh_token')
    .set({
      consumed_at: sql`case when ${isThis} then ${consumption.consumedAtMs} else consumed_at end`,
      successor_hash: sql`case when ${isThis} then ${consumption.successorHash} else successor_hash end`,
      successor_sealed: sql`case when ${isThis} then ${consumption.successorSealed ?? null} end`,
      grace_until: sql`case when ${isThis} then ${consumption.graceUntilMs} else grace_until end`,
    })
    .where(({ and, eb, or }) =>
      or([
        and([eb('hash', '=', hash), eb('consumed_at', 'is', null)]),
        and([eb('successor_hash', '=', hash), eb('successor_sealed', 'is not', null)]),
      ]),
    )
    .returning('hash')
    .execute()
  return changed.some((row) => row.hash === hash)
}

/** Deletes the chain of an ended grant: none of its tokens can mean anything any more. */
export async function deleteRefreshTokensOf(handle: Handle, grantId: string): Promise<void> {
  await handle.deleteFrom('refresh_token').where('grant_id', '=', grantId).execute()
}

/** At most `limit` ids of grants whose last token ran out unused before `beforeMs`, the oldest first. */
export async function listGrantsOutOfTokens(
  handle: Handle,
  beforeMs: number,
  limit: number,
): Promise<readonly string[]> {
  // Only the last token of a chain is unused, and the chain of an ended grant is gone: each row is one grant to end.
  const rows = await handle
    .selectFrom('refresh_token')
    .select('grant_id')
    .where('consumed_at', 'is', null)
    .where('expires_at', '<=', beforeMs)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.grant_id)
}

function consumptionOf(row: {
  readonly consumed_at: number | null
  readonly successor_hash: string | null
  readonly successor_sealed: string | null
  readonly grace_until: number | null
}): Consumption | undefined {
  if (row.consumed_at === null || row.successor_hash === null || row.grace_until === null) return undefined
  return {
    consumedAtMs: row.consumed_at,
    // The column holds only what `hashSecret` answered.
    successorHash: row.successor_hash as SecretHash,
    successorSealed: row.successor_sealed ?? undefined,
    graceUntilMs: row.grace_until,
  }
}
