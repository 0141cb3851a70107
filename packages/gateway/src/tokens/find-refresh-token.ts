import { isGrantLive } from '../store/grants.ts'
import type { TokenContext } from './context.ts'
import { loadRefreshFacts } from './refresh-facts.ts'
import { hashRefreshToken } from './refresh-token.ts'

/** Whose refresh token it is. Answered of used and expired ones too: what it may do is decided when it is used. */
export type RefreshTokenFacts = {
  readonly grantId: string
  readonly clientId: string
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly api: string
  readonly surface: string
  readonly expiresAtMs: number
  /** The token was rotated. */
  readonly consumed: boolean
  /** The grant has neither ended nor passed its end. */
  readonly grantLive: boolean
}

/**
 * Looks a refresh token up without using it, to see whether it and an access token are of one grant. `undefined` for
 * what is no refresh token of ours, or was one of a grant that has ended.
 */
export async function findRefreshTokenFacts(
  context: TokenContext,
  refreshToken: string,
): Promise<RefreshTokenFacts | undefined> {
  const hash = hashRefreshToken(refreshToken)
  if (hash === undefined) return undefined
  const { token, grant } = await loadRefreshFacts(context.store.db, hash)
  if (token === undefined || grant === undefined) return undefined
  return {
    grantId: grant.id,
    clientId: grant.clientId,
    database: grant.database,
    uid: grant.uid,
    login: grant.login,
    api: grant.api,
    surface: grant.surface,
    expiresAtMs: token.expiresAtMs,
    consumed: token.consumed !== undefined,
    grantLive: isGrantLive(grant, context.clock.nowMs()),
  }
}
