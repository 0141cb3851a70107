import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { sealPurpose } from '../store/sealed-values.ts'
import type { SigningKey } from '../store/signing-keys.ts'
import type { Sealer } from './sealer.ts'

/** The algorithm of access tokens: Ed25519 (RFC 8037 §3.1). */
export const SIGNING_ALGORITHM = 'EdDSA'

/** The algorithm of APIs that have a secret of their own (RFC 7518 §3.2). */
export const SECRET_ALGORITHM = 'HS256'

/** The least length of such a secret: as long as the hash (RFC 7518 §3.2). Bytes. */
export const SECRET_BYTES_MIN = 32

/** A key that is not in the store yet. */
export type NewSigningKey = Omit<SigningKey, 'retiredAtMs'>

/** Makes a new key pair for the installation. */
export async function makeSigningKey(sealer: Sealer, clock: Clock): Promise<NewSigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk, 'sha256')
  return {
    kid,
    algorithm: SIGNING_ALGORITHM,
    publicJwk: { kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x },
    sealedPrivate: sealer.seal(signingKeyPurpose(kid), JSON.stringify(await exportJWK(pair.privateKey))),
    createdAtMs: clock.nowMs(),
    of: undefined,
  }
}

/**
 * Makes the key of one API from a secret that its other side knows.
 *
 * @throws RangeError for a secret of fewer than 32 bytes
 */
export function makeSecretKey(
  secret: Uint8Array,
  of: NonNullable<SigningKey['of']>,
  { sealer, clock, random }: { readonly sealer: Sealer; readonly clock: Clock; readonly random: Random },
): NewSigningKey {
  if (secret.length < SECRET_BYTES_MIN) {
    throw new RangeError(
      `A secret for HS256 must have at least ${SECRET_BYTES_MIN} bytes; this one has ${secret.length}.`,
    )
  }
  const kid = newId('hs', random)
  return {
    kid,
    algorithm: SECRET_ALGORITHM,
    publicJwk: {},
    sealedPrivate: sealer.seal(signingKeyPurpose(kid), Buffer.from(secret).toString('base64url')),
    createdAtMs: clock.nowMs(),
    of,
  }
}

/** Binds what is sealed to its key. */
export function signingKeyPurpose(kid: string): string {
  return sealPurpose('signing_key', kid)
}
