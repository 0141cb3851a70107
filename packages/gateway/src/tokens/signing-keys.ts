import { type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import type { Clock } from '../kernel/clock.ts'
import type { JsonObject } from '../kernel/json.ts'
import { insertSigningKey, listSigningKeys, type SigningKey } from '../store/signing-keys.ts'
import type { Store } from '../store/store.ts'
import { makeSigningKey, SECRET_ALGORITHM, SIGNING_ALGORITHM, signingKeyPurpose } from './make-signing-key.ts'
import type { Sealer } from './sealer.ts'

/** A key with which tokens are signed. */
export type KeyForSigning = { readonly kid: string; readonly algorithm: string; readonly key: CryptoKey | Uint8Array }

/** A key with which tokens are verified: only of its algorithm and, where it belongs to one API, only of that. */
export type KeyForVerifying = KeyForSigning & { readonly of: SigningKey['of'] }

/** The keys of this installation, ready to use, as they are now. */
export type SigningKeys = {
  /** The key that signs the tokens of an API: its own secret where it has one, else the newest key pair. */
  signingFor(database: string, api: string): KeyForSigning
  /** The newest key pair. */
  signingPair(): KeyForSigning
  /** The key of this id; `undefined` for one that was never ours, or is retired. */
  find(kid: string): KeyForVerifying | undefined
  /** The same; for one that is not known it is looked whether another node has just made it. */
  findAnew(kid: string): Promise<KeyForVerifying | undefined>
  /** The public parts, as they are published (RFC 7517 §5). Secrets have none. */
  jwks(): JSONWebKeySet
  /** When the key pair that signs now was made. Milliseconds since 1970-01-01T00:00:00Z. */
  signingSinceMs(): number
  /** Reads the keys anew: another node or a command has changed them. */
  reload(): Promise<void>
}

/** What the keys are opened with. */
export type SigningKeysOptions = { readonly store: Store; readonly sealer: Sealer; readonly clock: Clock }

/** How often ids that nobody knows may have the keys read anew. Milliseconds. */
const LOOK_AGAIN_MS = 2_000

/** Reads the keys from the store and makes the first one if there is none. */
export async function openSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const { store, sealer, clock } = options
  await keepFirstKey(store, sealer, clock)
  let keys = await readKeys(options)
  let lookedAtMs = clock.nowMs()

  async function reload(): Promise<void> {
    lookedAtMs = clock.nowMs()
    keys = await readKeys(options)
  }
  return {
    signingFor: (database, api) => keys.ofApis.get(placeOf(database, api)) ?? keys.signing,
    signingPair: () => keys.signing,
    find: (kid) => keys.byId.get(kid),
    findAnew: async (kid) => {
      const known = keys.byId.get(kid)
      if (known !== undefined || clock.nowMs() - lookedAtMs < LOOK_AGAIN_MS) return known
      await reload()
      return keys.byId.get(kid)
    },
    jwks: () => keys.jwks,
    signingSinceMs: () => keys.signingSinceMs,
    reload,
  }
}

type Keys = {
  readonly signing: KeyForSigning
  readonly signingSinceMs: number
  readonly ofApis: ReadonlyMap<string, KeyForSigning>
  readonly byId: ReadonlyMap<string, KeyForVerifying>
  readonly jwks: JSONWebKeySet
}

async function readKeys({ store, sealer }: SigningKeysOptions): Promise<Keys> {
  const stored = await listSigningKeys(store.db)
  const pairs = stored.filter(({ algorithm }) => algorithm === SIGNING_ALGORITHM)
  const [newest] = pairs
  if (newest === undefined) throw new Error('The store has no signing key.')
  const byId = new Map<string, KeyForVerifying>()
  const ofApis = new Map<string, KeyForSigning>()
  for (const { kid, algorithm, publicJwk } of pairs) {
    byId.set(kid, { kid, algorithm, key: await importKey(publicJwk), of: undefined })
  }
  for (const { kid, algorithm, sealedPrivate, of } of stored) {
    if (algorithm !== SECRET_ALGORITHM || of === undefined) continue
    const key = Buffer.from(sealer.open(signingKeyPurpose(kid), sealedPrivate), 'base64url')
    byId.set(kid, { kid, algorithm, key, of })
    // The newest comes first; the ones before it only verify.
    const place = placeOf(of.database, of.api)
    if (!ofApis.has(place)) ofApis.set(place, { kid, algorithm, key })
  }
  // What is sealed is what `makeSigningKey` wrote: nobody else can seal.
  const privateJwk = JSON.parse(sealer.open(signingKeyPurpose(newest.kid), newest.sealedPrivate)) as JWK
  return {
    signing: { kid: newest.kid, algorithm: SIGNING_ALGORITHM, key: await importKey(privateJwk) },
    signingSinceMs: newest.createdAtMs,
    ofApis,
    byId,
    jwks: { keys: pairs.map(publishedJwk) },
  }
}

/** Makes the first key unless another process does so at the same time: all must start with the same key. */
async function keepFirstKey(store: Store, sealer: Sealer, clock: Clock): Promise<void> {
  const isPair = ({ algorithm }: SigningKey) => algorithm === SIGNING_ALGORITHM
  if ((await listSigningKeys(store.db)).some(isPair)) return
  const key = await makeSigningKey(sealer, clock)
  await store.transaction(async (tx) => {
    if (!(await listSigningKeys(tx)).some(isPair)) await insertSigningKey(tx, key)
  })
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

/** No name of an API has a slash in it. */
function placeOf(database: string, api: string): string {
  return `${api}/${database}`
}
