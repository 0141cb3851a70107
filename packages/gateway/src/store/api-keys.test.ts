import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { type ApiKey, insertApiKey } from './api-keys.ts'
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

  test('are kept with every fact that is known of them', async () => {
    await using temporary = await openTemporaryStore()
    await insertApiKey(temporary.store.db, key)
    expect(await temporary.store.db.selectFrom('api_key').selectAll().execute()).toMatchObject([
      {
        id: 'ak_1',
        prefix: 'ghk_abcd',
        hash: key.hash,
        name: 'Import',
        database: 'demo',
        login: 'demo',
        api: 'default',
        scopes: '["res.partner:read"]',
        created_at: 1,
        expires_at: 9,
        revoked_at: null,
      },
    ])
  })

  test('never share a hash', async () => {
    await using temporary = await openTemporaryStore()
    await insertApiKey(temporary.store.db, key)
    await expect(insertApiKey(temporary.store.db, { ...key, id: 'ak_2' })).rejects.toThrow(/unique/i)
  })
})
