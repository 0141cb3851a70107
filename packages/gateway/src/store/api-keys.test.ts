import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { type ApiKey, findApiKey, insertApiKey, revokeApiKey } from './api-keys.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('API keys', () => {
  const key: ApiKey = {
    id: 'ak_1',
    prefix: 'ghk_abcd',
    hash: hashSecret('ghk_abcdefgh'),
    name: 'Import',
    database: 'demo',
    login: 'demo',
    api: 'default',
    scopes: ['res.partner:read'],
    createdAtMs: 1,
    expiresAtMs: 9,
    revokedAtMs: undefined,
  }

  test('are found by their hash, and revoked once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertApiKey(db, key)
    expect(await findApiKey(db, key.hash)).toEqual(key)
    expect(await findApiKey(db, hashSecret('another'))).toBeUndefined()
    expect(await revokeApiKey(db, 'ak_1', 5)).toBe(true)
    expect(await revokeApiKey(db, 'ak_1', 6)).toBe(false)
    expect((await findApiKey(db, key.hash))?.revokedAtMs).toBe(5)
  })

  test('never share a hash', async () => {
    await using temporary = await openTemporaryStore()
    await insertApiKey(temporary.store.db, key)
    await expect(insertApiKey(temporary.store.db, { ...key, id: 'ak_2' })).rejects.toThrow(/UNIQUE/)
  })
})
