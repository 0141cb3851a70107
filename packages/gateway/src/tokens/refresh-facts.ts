import type { SecretHash } from '../kernel/hash.ts'
import { findRefreshLink } from '../store/refresh-link.ts'
import { findRefreshToken } from '../store/refresh-tokens.ts'
import type { Handle } from '../store/tables.ts'
import type { RefreshFacts } from './refresh-decision.ts'

/** Reads what a decision about a refresh token needs: by primary keys, in one trip, or two for a token that was used. */
export async function loadRefreshFacts(handle: Handle, hash: SecretHash): Promise<RefreshFacts> {
  const link = await findRefreshLink(handle, hash)
  if (link === undefined) return { token: undefined, successor: undefined, grant: undefined }
  const { token, grant } = link
  const successor =
    token.consumed === undefined ? undefined : await findRefreshToken(handle, token.consumed.successorHash)
  return { token, successor, grant }
}
