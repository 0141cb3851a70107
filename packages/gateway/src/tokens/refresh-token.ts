import { hashSecret, type SecretHash } from '../kernel/hash.ts'
import { newSecret } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { sealPurpose } from '../store/sealed-values.ts'

/** 256 bits as base64url: what `newSecret` makes. */
const SHAPE = /^[\w-]{43}$/

/** A new refresh token: 256 random bits. It says nothing; what it means is in the store, under its hash. */
export function newRefreshToken(random: Random): { readonly token: string; readonly hash: SecretHash } {
  const token = newSecret(random)
  return { token, hash: hashSecret(token) }
}

/** The hash to look a presented token up by; `undefined` when it cannot be one (an access token, an empty text). */
export function hashRefreshToken(token: string): SecretHash | undefined {
  return SHAPE.test(token) ? hashSecret(token) : undefined
}

/** The place that the successor of a token is sealed for: its predecessor's row and no other. */
export function successorPurpose(predecessor: SecretHash): string {
  return sealPurpose('refresh_token', predecessor)
}
