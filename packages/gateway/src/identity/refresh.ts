import type { Observe } from '../kernel/observation.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { RefreshTokenFacts } from '../tokens/find-refresh-token.ts'
import type { IssuedAccess } from '../tokens/issue.ts'
import type { ExpectedOwner } from '../tokens/refresh-decision.ts'
import type { RenewedRefresh } from '../tokens/rotate-refresh.ts'
import type { TokenService } from '../tokens/token-service.ts'
import { refuseContradiction } from './contradiction.ts'
import { type RefreshTokenOwnerDeps, refreshTokenOwner } from './refresh-token-owner.ts'
import type { RequestFacts } from './request-facts.ts'
import { refuseOtherGrant, refuseOtherUser } from './token-contradiction.ts'

/** A request that presents a refresh token. */
export type RefreshRequest = {
  readonly facts: RequestFacts
  readonly token: string
  /** The user whom the request names, as it was sent: compared with the token's, never used to choose one. */
  readonly claimedUserId: unknown
}

/** What the three calls need from outside. */
export type RefreshDeps = RefreshTokenOwnerDeps & {
  readonly tokens: Pick<TokenService, 'findRefreshToken' | 'renewRefresh' | 'accessFromRefresh' | 'revokeGrant'>
  readonly observe: Observe
}

/**
 * A new access token for a refresh token, which stays as it is.
 *
 * @param owner from `refreshTokenOwner`, which has to be asked first: it says through which API the call comes
 * @throws database.contradiction, api.contradiction, user.contradiction, token.invalid, token.reused, grant.ended
 */
export async function renewAccess(
  { facts, token, claimedUserId }: RefreshRequest,
  owner: RefreshTokenFacts,
  { tokens, observe }: RefreshDeps,
): Promise<IssuedAccess> {
  refuseContradiction(facts, owner)
  refuseOtherUser(facts, claimedUserId, owner, observe)
  return tokens.accessFromRefresh(token, expectedOf(owner))
}

/**
 * Uses a refresh token up for its successor, for whoever also has an access token of the same grant.
 *
 * @throws token.invalid, grant.contradiction, user.contradiction, token.reused, grant.ended
 */
export async function rotateRefresh(
  { facts, token, claimedUserId }: RefreshRequest,
  access: UserPrincipal,
  deps: RefreshDeps,
): Promise<RenewedRefresh> {
  const owner = await refreshTokenOwner(token, deps)
  refuseOtherGrant(facts, access, owner, deps.observe)
  refuseOtherUser(facts, claimedUserId, owner, deps.observe)
  return deps.tokens.renewRefresh(token, expectedOf(owner))
}

/**
 * Ends the grant of a refresh token, and with it every token of the sign-in, for whoever also has an access token of
 * it. A refresh token that is used up or has run out is good enough for that.
 *
 * @returns the client whose sign-in has ended
 * @throws token.invalid, grant.contradiction, user.contradiction
 */
export async function signOut(
  { facts, token, claimedUserId }: RefreshRequest,
  access: UserPrincipal,
  deps: RefreshDeps,
): Promise<{ readonly clientId: string }> {
  const owner = await refreshTokenOwner(token, deps)
  refuseOtherGrant(facts, access, owner, deps.observe)
  refuseOtherUser(facts, claimedUserId, owner, deps.observe)
  await deps.tokens.revokeGrant(owner.grantId, 'signed_out')
  return { clientId: owner.clientId }
}

/** Asked again where the token is used: between the look and the use nothing of it may have changed. */
function expectedOf({ grantId, clientId }: RefreshTokenFacts): ExpectedOwner {
  return { grantId, clientId }
}
