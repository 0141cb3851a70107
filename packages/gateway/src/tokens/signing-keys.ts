import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from 'jose'
import type { Clock } from '../kernel/clock.ts'
import type { JsonObject } from '../kernel/json.ts'
import { insertSigningKey, listSigningKeys, type SigningKey } from '../store/signing-keys.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from './sealer.ts'

/** The one algorithm of access tokens: Ed25519 (RFC 8037 §3.1). Verification pins it. */
export const SIGNING_ALGORITHM = 'EdDSA'

/** The keys of this installation, ready to use. */
export type SigningKeys = {
  /** The newest key: it signs. */
  readonly signing: { readonly kid: string; readonly privateKey: CryptoKey }
  /** The public key of this id; `undefined` for a key that was never ours, or was retired when this process started. */
  find(kid: string): CryptoKey | undefined
  /** The public parts, as they are published (RFC 7517 §5). */
  readonly jwks: JSONWebKeySet
}

/** What the keys are opened with. */
export type SigningKeysOptions = { readonly store: Store; readonly sealer: Sealer; readonly clock: Clock }

/** Reads the keys from the store and makes the first one if there is none. */
export async function openSigningKeys({ store, sealer, clock }: SigningKeysOptions): Promise<SigningKeys> {
  let keys = await listSigningKeys(store.db)
  if (keys.length === 0) {
    await keepFirstKey(store, await generateSigningKey(sealer, clock))
    keys = await listSigningKeys(store.db)
  }
  const [newest] = keys
  if (newest === undefined) throw new Error('The store did not keep the signing key.')
  const publicKeys = new Map<string, CryptoKey>()
  for (const key of keys) publicKeys.set(key.kid, await importKey(key.publicJwk))
  // What is sealed is what `generateSigningKey` wrote: nobody else can seal.
  const privateJwk = JSON.parse(sealer.open(purposeOf(newest.kid), newest.sealedPrivate)) as JWK
  return {
    signing: { kid: newest.kid, privateKey: await importKey(privateJwk) },
    find: (kid) => publicKeys.get(kid),
    jwks: { keys: keys.map(publishedJwk) },
  }
}

/** Keeps the key unless another process has kept one since we looked: all processes must start with the same key. */
async function keepFirstKey(store: Store, key: SigningKey): Promise<void> {
  await store.transaction(async (tx) => {
    const present = await listSigningKeys(tx)
    if (present.length === 0) await insertSigningKey(tx, key)
  })
}

async function generateSigningKey(sealer: Sealer, clock: Clock): Promise<SigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk, 'sha256')
  return {
    kid,
    algorithm: SIGNING_ALGORITHM,
    publicJwk: { kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x },
    sealedPrivate: sealer.seal(purposeOf(kid), JSON.stringify(await exportJWK(pair.privateKey))),
    createdAtMs: clock.nowMs(),
  }
}

async function importKey(jwk: JWK | JsonObject): Promise<CryptoKey> {
  // jose checks every member of the key that it reads, and throws for one that is not as it must be.
  const key = await importJWK(jwk as JWK, SIGNING_ALGORITHM)
  // jose answers bytes for symmetric keys only, and none of those belongs here.
  if (key instanceof Uint8Array) throw new TypeError('A signing key of the store is a symmetric key.')
  return key
}

function publishedJwk(key: SigningKey): JWK {
  return { ...(key.publicJwk as JWK), kid: key.kid, alg: key.algorithm, use: 'sig' }
}

function purposeOf(kid: string): string {
  return `signing_key.sealed_private:${kid}`
}
