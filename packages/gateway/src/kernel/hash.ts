import { createHash } from 'node:crypto'

declare const hashed: unique symbol

/** The SHA-256 of a random secret as base64url; what the store keeps instead of the secret. */
export type SecretHash = string & { readonly [hashed]: true }

/**
 * Hashes a secret of at least 128 random bits. A plain hash is enough for those: there is nothing to guess.
 * Never for passwords, which Gatehouse does not keep.
 */
export function hashSecret(secret: string): SecretHash {
  return createHash('sha256').update(secret, 'utf8').digest('base64url') as SecretHash
}
