import type { Selectable } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import { type Grant, grantOf } from './grants.ts'
import { type RefreshToken, refreshTokenOf } from './refresh-tokens.ts'
import type { GrantTable, Handle, RefreshTokenTable } from './tables.ts'

/** A refresh token with the grant that it belongs to. */
export type RefreshLink = { readonly token: RefreshToken; readonly grant: Grant }

/** Both in one trip: every rotation and every renewal begins with them. By primary keys. */
export async function findRefreshLink(handle: Handle, hash: SecretHash): Promise<RefreshLink | undefined> {
  const row = await handle
    .selectFrom('refresh_token as token')
    .innerJoin('grant', 'grant.id', 'token.grant_id')
    .selectAll('grant')
    .select([
      'token.hash',
      'token.grant_id',
      'token.issued_at',
      'token.expires_at as token_expires_at',
      'token.consumed_at',
      'token.successor_hash',
      'token.successor_sealed',
      'token.grace_until',
    ])
    .where('token.hash', '=', hash)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const token: Selectable<RefreshTokenTable> = { ...row, expires_at: row.token_expires_at }
  const grant: Selectable<GrantTable> = row
  return { token: refreshTokenOf(token), grant: grantOf(grant) }
}
