import { expect, test } from 'vitest'
import type { Store } from '../store/store.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { checkMasterKey, MasterKeyMismatchError } from './master-key-check.ts'
import { createSealer, deriveMasterKey } from './sealer.ts'
import { createSeededRandom } from './testing/seeded-random.ts'

const right = sealerOf('the right master secret, long enough')
const wrong = sealerOf('the wrong master secret, long enough')

test('a new store takes the master key that it is started with, and knows it again', async () => {
  await using temporary = await openTemporaryStore()
  await checkMasterKey(temporary.store, right)
  await expect(checkMasterKey(temporary.store, right)).resolves.toBeUndefined()
})

test('a store that was made with another master key is refused with what to do, and nothing is changed', async () => {
  await using temporary = await openTemporaryStore()
  await checkMasterKey(temporary.store, right)
  const before = await contentOf(temporary.store)
  const refusal = await checkMasterKey(temporary.store, wrong).catch((error: unknown) => error)
  if (!(refusal instanceof MasterKeyMismatchError)) throw new Error('It started.', { cause: refusal })
  expect(refusal.message).toMatch(/another master key: start with the GATEHOUSE_SECRET/)
  expect(refusal.message).not.toContain('\n')
  expect(await contentOf(temporary.store)).toEqual(before)
  await expect(checkMasterKey(temporary.store, right)).resolves.toBeUndefined()
})

test('the check value cannot be taken from another place of the store', async () => {
  await using temporary = await openTemporaryStore()
  await checkMasterKey(temporary.store, right)
  await temporary.store.db
    .updateTable('node_setting')
    .set({ value: right.seal('signing_key.sealed_private:k', right.keyId) })
    .execute()
  await expect(checkMasterKey(temporary.store, right)).rejects.toThrow(MasterKeyMismatchError)
})

function sealerOf(secret: string) {
  return createSealer({ masterKey: deriveMasterKey(secret), random: createSeededRandom(secret) })
}

async function contentOf(store: Store) {
  return {
    settings: await store.db.selectFrom('node_setting').selectAll().execute(),
    keys: await store.db.selectFrom('signing_key').selectAll().execute(),
  }
}
