import type { JSONWebKeySet } from 'jose'
import type { Clock } from '../kernel/clock.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { Random } from '../kernel/random.ts'
import type { Store } from '../store/store.ts'
import { accessFromRefresh } from './access-from-refresh.ts'
import { createAccessVerifier } from './access-verifier.ts'
import type { TokenContext } from './context.ts'
import type { EndedGrant } from './end-grant.ts'
import type { TokenEventSink } from './events.ts'
import { findRefreshTokenFacts, type RefreshTokenFacts } from './find-refresh-token.ts'
import { createGrantLiveness } from './grant-liveness.ts'
import type { IssuedAccess, IssuedTokens } from './issue.ts'
import { type KeysOfAge, keepSigningKeys } from './keep-signing-keys.ts'
import type { TokenLifetimes } from './lifetimes.ts'
import { principalOf } from './principal-of-grant.ts'
import type { ExpectedOwner } from './refresh-decision.ts'
import { revokeGrant } from './revoke-grant.ts'
import { type RenewedRefresh, renewRefresh, rotateRefresh } from './rotate-refresh.ts'
import type { Sealer } from './sealer.ts'
import { openSigningKeys } from './signing-keys.ts'
import { type NewGrant, startGrant } from './start-grant.ts'
import { sweepTokens, type TokenSweep } from './sweep-tokens.ts'

/**
 * Grants and their tokens. A grant is one sign-in; its refresh tokens form a chain in which each works once; its access
 * tokens are JWTs that live a minute and die with the grant.
 */
export type TokenService = {
  /** Makes a grant and its first tokens (`start-grant.ts`). */
  startGrant(grant: NewGrant): Promise<IssuedTokens>
  /** Who calls with this access token. Throws `token.invalid` (`access-verifier.ts`). */
  verifyAccessToken(token: string): Promise<UserPrincipal>
  /** Who calls with a key of this grant; undefined when the grant does not live (`grant-liveness.ts`). */
  findLiveGrant(grantId: string): Promise<UserPrincipal | undefined>
  /** Whose refresh token this is, without using it (`find-refresh-token.ts`). */
  findRefreshToken(token: string): Promise<RefreshTokenFacts | undefined>
  /** Uses a refresh token up for its successor (`rotate-refresh.ts`). With `expected`, only if it is theirs. */
  rotate(refreshToken: string, expected?: ExpectedOwner): Promise<IssuedTokens>
  /** The same for who needs no access token: nothing is signed. */
  renewRefresh(refreshToken: string, expected?: ExpectedOwner): Promise<RenewedRefresh>
  /** An access token for a refresh token that is not used up (`access-from-refresh.ts`). */
  accessFromRefresh(refreshToken: string, expected?: ExpectedOwner): Promise<IssuedAccess>
  /** Ends a grant and names the Odoo session to log out, if no live grant shares it (`revoke-grant.ts`). */
  revokeGrant(grantId: string, reason: string): Promise<EndedGrant>
  /** Ends and removes what has run out, at most `limit` of each kind. To be called every few seconds. */
  sweep(limit: number): Promise<TokenSweep>
  /** Makes a new signing key when the one that signs is older, and retires old ones (`keep-signing-keys.ts`). */
  keepKeys(maxAgeMs: number): Promise<KeysOfAge>
  /** Reads the signing keys anew: another node or a command has changed them. */
  reloadKeys(): Promise<void>
  /** The public keys that verify access tokens (RFC 7517 §5). */
  jwks(): JSONWebKeySet
}

/** What the service works with. */
export type TokenServiceOptions = {
  readonly store: Store
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  /** The public origin of this gateway, without a slash at its end; `iss` of every token. */
  readonly issuer: string
  readonly lifetimes: TokenLifetimes
  readonly onEvent?: TokenEventSink
  /** How long this node may take to notice that another ended a grant. Default 2 000 ms. */
  readonly livenessStaleAfterMs?: number
}

/**
 * Opens the service over a store whose master key was checked: reads the signing keys or makes the first.
 */
export async function createTokenService(options: TokenServiceOptions): Promise<TokenService> {
  const { store, sealer, clock, random, issuer, lifetimes } = options
  const keys = await openSigningKeys({ store, sealer, clock })
  const staleAfterMs = options.livenessStaleAfterMs
  const liveness = createGrantLiveness({ store, clock, ...(staleAfterMs === undefined ? {} : { staleAfterMs }) })
  const emit: TokenEventSink = options.onEvent ?? (() => {})
  const context: TokenContext = { store, sealer, clock, random, issuer, lifetimes, keys, liveness, emit }
  return {
    startGrant: (grant) => startGrant(context, grant),
    verifyAccessToken: createAccessVerifier({ keys, liveness, clock, issuer }),
    findLiveGrant: async (grantId) => {
      const grant = await liveness.find(grantId)
      return grant === undefined ? undefined : principalOf(grant)
    },
    findRefreshToken: (token) => findRefreshTokenFacts(context, token),
    rotate: (refreshToken, expected = {}) => rotateRefresh(context, refreshToken, expected),
    renewRefresh: (refreshToken, expected = {}) => renewRefresh(context, refreshToken, expected),
    accessFromRefresh: (refreshToken, expected = {}) => accessFromRefresh(context, refreshToken, expected),
    revokeGrant: (grantId, reason) => revokeGrant(context, grantId, reason),
    sweep: (limit) => sweepTokens(context, limit),
    jwks: () => keys.jwks(),
    reloadKeys: () => keys.reload(),
    keepKeys: async (maxAgeMs) => {
      const done = await keepSigningKeys(maxAgeMs, { store, sealer, clock })
      if (done.made !== undefined || done.retired.length > 0) await keys.reload()
      return done
    },
  }
}
