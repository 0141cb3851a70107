import type { SecretHash } from '../kernel/hash.ts'
import { findGrant } from '../store/grants.ts'
import { findRefreshToken } from '../store/refresh-tokens.ts'
import type { Handle } from '../store/tables.ts'
import type { RefreshFacts } from './refresh-decision.ts'

/** Reads what a decision about a refresh token needs: three lookups by primary key at most. */
export async function loadRefreshFacts(handle: Handle, hash: SecretHash): Promise<RefreshFacts> {
  const token = await findRefreshToken(handle, hash)
  if (token === undefined) return { token: undefined, successor: undefined, grant: undefined }
  const grant = await findGrant(handle, token.grantId)
  const successor =
    token.consumed === undefined ? undefined : await findRefreshToken(handle, token.consumed.successorHash)
  return { token, successor, grant }
}
