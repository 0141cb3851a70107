import { listAllSigningKeys, type SigningKey } from '../store/signing-keys.ts'
import type { Store } from '../store/store.ts'
import { tokenErrors } from '../tokens/errors.ts'
import { type KeepSigningKeys, keepSigningKeys, rotateSigningKey, takeOutOfUse } from '../tokens/keep-signing-keys.ts'
import { SIGNING_ALGORITHM } from '../tokens/make-signing-key.ts'
import { type RecordChangeDeps, recordChange } from './record-change.ts'

/** What retiring a key may be refused with. */
export const retiringErrors = [tokenErrors['signing_key.unknown'], tokenErrors['signing_key.in_use']]

/** What becomes of a key: it signs, it only verifies what it signed before, or it is good for nothing any more. */
export type SigningKeyState = 'signs' | 'verifies' | 'retired'

/** A signing key as administrators see it: nothing of what it is made of. */
export type ListedSigningKey = Pick<SigningKey, 'kid' | 'algorithm' | 'createdAtMs' | 'retiredAtMs' | 'of'> & {
  readonly state: SigningKeyState
}

/** What changing keys takes. */
export type SigningKeysDeps = KeepSigningKeys & RecordChangeDeps

/** Every key that there ever was, the newest first. */
export async function listSigningKeysByState({
  store,
}: {
  readonly store: Store
}): Promise<readonly ListedSigningKey[]> {
  const keys = await listAllSigningKeys(store.db)
  return keys.map((key) => {
    const { kid, algorithm, createdAtMs, retiredAtMs, of } = key
    return { kid, algorithm, createdAtMs, retiredAtMs, of, state: stateOf(key, keys) }
  })
}

/** Makes a key that signs from now on, and retires those whose time is over. Answers its id. */
export async function rotateSigningKeys(by: string, deps: SigningKeysDeps): Promise<string> {
  const kid = await rotateSigningKey(deps)
  await tell('rotated', kid, by, deps)
  await keepSigningKeys(Number.POSITIVE_INFINITY, deps)
  return kid
}

/**
 * Takes a key out of use at once.
 *
 * @throws signing_key.unknown, signing_key.in_use
 */
export async function retireSigningKeyNow(kid: string, by: string, deps: SigningKeysDeps): Promise<void> {
  await takeOutOfUse(kid, deps)
  await tell('retired', kid, by, deps)
}

/** Right after the change, whose transaction is that of `tokens/`, which knows of no administrators. */
function tell(action: string, name: string, by: string, deps: SigningKeysDeps): Promise<void> {
  return recordChange(deps.store.db, { subject: 'signing_key', action, by, name }, deps)
}

/** The newest key of its kind signs: the list has the newest first. */
function stateOf(key: SigningKey, all: readonly SigningKey[]): SigningKeyState {
  if (key.retiredAtMs !== undefined) return 'retired'
  const sameUse = (other: SigningKey) =>
    other.retiredAtMs === undefined &&
    (key.algorithm === SIGNING_ALGORITHM
      ? other.algorithm === SIGNING_ALGORITHM
      : other.of?.api === key.of?.api && other.of?.database === key.of?.database)
  return all.find(sameUse) === key ? 'signs' : 'verifies'
}
