import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import { hashSecret, type SecretHash } from '../kernel/hash.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import { checkClaimsAgainstGrant, readAccessToken } from './access-token.ts'
import { tokenErrors } from './errors.ts'
import type { GrantLiveness } from './grant-liveness.ts'
import { principalOf } from './principal-of-grant.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Turns an access token into who calls. */
export type AccessVerifier = (token: string) => Promise<UserPrincipal>

/** What tokens are verified with. */
export type AccessVerifierOptions = {
  readonly keys: SigningKeys
  readonly liveness: GrantLiveness
  readonly clock: Clock
  readonly issuer: string
  /** Verified tokens remembered at most. Default 10 000, some 5 MB. */
  readonly entriesMax?: number
}

type Verified = { readonly principal: UserPrincipal; readonly expiresAtMs: number; readonly kid: string }

/**
 * Verifies access tokens and remembers those that passed, by their hash and until they expire: checking a signature
 * takes some 200 µs, remembering it a few. Whether the grant still lives is asked at every call.
 */
export function createAccessVerifier(options: AccessVerifierOptions): AccessVerifier {
  const { keys, liveness, clock, issuer, entriesMax = 10_000 } = options
  const verified = new LRUCache<SecretHash, Verified>({ max: entriesMax })

  async function verifyAnew(token: string, hash: SecretHash): Promise<UserPrincipal> {
    const signed = await readAccessToken({ keys, issuer, nowMs: clock.nowMs() }, token)
    const { claims, signedBy } = signed
    const grant = await liveness.find(claims.grantId)
    if (grant === undefined) throw grantOver()
    checkClaimsAgainstGrant(signed, grant, issuer)
    const principal = principalOf(grant)
    verified.set(hash, { principal, expiresAtMs: claims.expiresAtMs, kid: signedBy.kid })
    return principal
  }

  return async (token) => {
    const hash = hashSecret(token)
    const known = verified.get(hash)
    if (known === undefined) return verifyAnew(token, hash)
    if (clock.nowMs() >= known.expiresAtMs) {
      verified.delete(hash)
      throw tokenErrors['token.invalid']({ internal: 'access token: expired' })
    }
    if (keys.find(known.kid) === undefined) {
      verified.delete(hash)
      throw tokenErrors['token.invalid']({ internal: 'access token: its key is retired' })
    }
    if ((await liveness.find(known.principal.grantId)) === undefined) {
      verified.delete(hash)
      throw grantOver()
    }
    return known.principal
  }
}

function grantOver() {
  return tokenErrors['token.invalid']({ internal: 'access token: its grant is over or unknown' })
}
