import { describe, expect, test } from 'vitest'
import { insertSigningKey, listSigningKeys, type SigningKey } from './signing-keys.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('signing keys', () => {
  const key = (kid: string, createdAtMs: number): SigningKey => ({
    kid,
    algorithm: 'EdDSA',
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x: 'x' },
    sealedPrivate: 'sealed',
    createdAtMs,
    of: undefined,
    retiredAtMs: undefined,
  })

  test('are listed the newest first, without those that are retired', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    for (const each of [key('old', 1), key('newest', 3), key('retired', 2)]) await insertSigningKey(db, each)
    await db.updateTable('signing_key').set({ retired_at: 4 }).where('kid', '=', 'retired').execute()
    expect(await listSigningKeys(db)).toEqual([key('newest', 3), key('old', 1)])
  })

  test('whose public part is damaged are not used', async () => {
    await using temporary = await openTemporaryStore()
    await insertSigningKey(temporary.store.db, key('k', 1))
    await temporary.store.db.updateTable('signing_key').set({ public_jwk: '[]' }).execute()
    await expect(listSigningKeys(temporary.store.db)).rejects.toThrow(TypeError)
  })
})
