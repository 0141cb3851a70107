import type { Clock } from '../kernel/clock.ts'
import { insertSigningKey, listSigningKeys, retireSigningKey, type SigningKey } from '../store/signing-keys.ts'
import type { Store } from '../store/store.ts'
import { tokenErrors } from './errors.ts'
import { makeSigningKey, SIGNING_ALGORITHM } from './make-signing-key.ts'
import type { Sealer } from './sealer.ts'

/**
 * How long a key goes on verifying after another has taken its place: longer than the longest life of an access token
 * (`tokens.accessTtlSeconds` is a day at most). Milliseconds.
 */
export const KEY_OVERLAP_MS = 25 * 3_600_000

/** What keeping keys takes. */
export type KeepSigningKeys = { readonly store: Store; readonly sealer: Sealer; readonly clock: Clock }

/** Makes a new key that signs from now on; the one before it goes on verifying for `KEY_OVERLAP_MS`. Answers its id. */
export async function rotateSigningKey({ store, sealer, clock }: KeepSigningKeys): Promise<string> {
  const key = await makeSigningKey(sealer, clock)
  await store.transaction((tx) => insertSigningKey(tx, key))
  return key.kid
}

/**
 * Takes a key out of use at once: every token that it signed is refused within seconds, on every node.
 *
 * @throws signing_key.unknown, or signing_key.in_use for the key pair that signs
 */
export async function takeOutOfUse(kid: string, { store, clock }: KeepSigningKeys): Promise<void> {
  await store.transaction(async (tx) => {
    const keys = await listSigningKeys(tx)
    const key = keys.find((one) => one.kid === kid)
    if (key === undefined) throw tokenErrors['signing_key.unknown']()
    if (key === signingPair(keys)) throw tokenErrors['signing_key.in_use']()
    await retireSigningKey(tx, kid, clock.nowMs())
  })
}

/** What was done to keys that came of age. */
export type KeysOfAge = { readonly made: string | undefined; readonly retired: readonly string[] }

/**
 * Makes a new key when the one that signs is older than `maxAgeMs`, and retires those whose place was taken longer than
 * `KEY_OVERLAP_MS` ago. Of several nodes that do so at once, one does it.
 */
export async function keepSigningKeys(maxAgeMs: number, deps: KeepSigningKeys): Promise<KeysOfAge> {
  const { store, sealer, clock } = deps
  const nowMs = clock.nowMs()
  const due = worksDue(await listSigningKeys(store.db), maxAgeMs, nowMs)
  if (!due.rotate && due.retire.length === 0) return { made: undefined, retired: [] }
  const key = due.rotate ? await makeSigningKey(sealer, clock) : undefined
  return store.transaction(async (tx) => {
    const still = worksDue(await listSigningKeys(tx), maxAgeMs, nowMs)
    const retired: string[] = []
    for (const kid of still.retire) if (await retireSigningKey(tx, kid, nowMs)) retired.push(kid)
    if (!still.rotate || key === undefined) return { made: undefined, retired }
    await insertSigningKey(tx, key)
    return { made: key.kid, retired }
  })
}

function worksDue(keys: readonly SigningKey[], maxAgeMs: number, nowMs: number) {
  const pairs = keys.filter(({ algorithm }) => algorithm === SIGNING_ALGORITHM)
  const signing = pairs[0]
  const isOver = (key: SigningKey) => {
    // The newest comes first: the one before a key in its line took its place.
    const line = keys.filter((other) => isOfSameUse(other, key))
    const successor = line[line.indexOf(key) - 1]
    return successor !== undefined && nowMs - successor.createdAtMs >= KEY_OVERLAP_MS
  }
  return {
    rotate: signing !== undefined && nowMs - signing.createdAtMs >= maxAgeMs,
    retire: keys.filter(isOver).map(({ kid }) => kid),
  }
}

/** The key pairs are one line; the secrets of each API are one. */
function isOfSameUse(one: SigningKey, other: SigningKey): boolean {
  return one.algorithm === other.algorithm && one.of?.database === other.of?.database && one.of?.api === other.of?.api
}

function signingPair(keys: readonly SigningKey[]): SigningKey | undefined {
  return keys.find(({ algorithm }) => algorithm === SIGNING_ALGORITHM)
}
