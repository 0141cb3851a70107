import type { UserPrincipal } from '../kernel/principal.ts'
import type { Grant } from '../store/grants.ts'
import { mintAccessToken } from './access-token.ts'
import type { TokenContext } from './context.ts'
import { principalOf } from './principal-of-grant.ts'

/** An access token and who calls with it. */
export type IssuedAccess = {
  readonly accessToken: string
  readonly accessExpiresAtMs: number
  readonly principal: UserPrincipal
}

/** Both tokens of a grant. The refresh token is known to nobody else from here on: the store has its hash. */
export type IssuedTokens = IssuedAccess & { readonly refreshToken: string; readonly refreshExpiresAtMs: number }

/** Signs an access token for a grant, now. */
export async function issueAccess(context: TokenContext, grant: Grant): Promise<IssuedAccess> {
  const { keys, issuer, random, clock, lifetimes } = context
  const ttlSeconds = lifetimes.accessTtlSeconds
  const minted = await mintAccessToken({ keys, issuer, random, nowMs: clock.nowMs(), ttlSeconds }, grant)
  return { accessToken: minted.token, accessExpiresAtMs: minted.expiresAtMs, principal: principalOf(grant) }
}

/** When a refresh token that is issued now ends: after its life, never later than the grant. */
export function refreshExpiryMs({ lifetimes }: TokenContext, grant: Grant, nowMs: number): number {
  return Math.min(nowMs + lifetimes.refreshTtlSeconds * 1000, grant.expiresAtMs)
}
