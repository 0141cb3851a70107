import { describe, expect, test } from 'vitest'
import {
  type ApiKeyFilter,
  findApiKeyByHash,
  findApiKeysNamed,
  insertApiKey,
  listApiKeys,
  noteApiKeyUse,
  revokeApiKey,
} from './api-keys.ts'
import { sampleApiKey } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const key = sampleApiKey({ expiresAtMs: 9, addresses: ['10.0.0.0/8'], forSandbox: true })

describe('API keys', () => {
  test('are kept with every fact that is known of them, and the key itself is not', async () => {
    await using temporary = await openTemporaryStore()
    await insertApiKey(temporary.store.db, key)
    expect(await findApiKeyByHash(temporary.store.db, key.hash)).toEqual(key)
    expect(JSON.stringify(await temporary.store.db.selectFrom('api_key').selectAll().execute())).not.toContain(
      '_sample_',
    )
  })

  test('never share a hash', async () => {
    await using temporary = await openTemporaryStore()
    await insertApiKey(temporary.store.db, key)
    await expect(insertApiKey(temporary.store.db, { ...key, id: 'key_2' })).rejects.toThrow(/unique/i)
  })

  test('are found by id and by prefix, which two may share', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertApiKey(db, key)
    await insertApiKey(db, sampleApiKey({ id: 'key_2', hash: sampleHash('2') }))
    const found = async (name: string) => (await findApiKeysNamed(db, name)).map(({ id }) => id).sort()
    expect(await found(key.prefix)).toEqual(['key_2', 'key_sample'])
    expect(await found('key_2')).toEqual(['key_2'])
    expect(await found('ghk_')).toEqual([])
  })

  test.each<[filter: ApiKeyFilter, ids: string[]]>([
    [{}, ['key_3', 'key_2', 'key_1']],
    [{ login: 'admin' }, ['key_2']],
    [{ database: 'other' }, ['key_3']],
    [{ database: 'demo', api: 'shop' }, []],
  ])('are listed by %j, the newest first', async (filter, ids) => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertApiKey(db, sampleApiKey({ id: 'key_1', hash: sampleHash('1'), createdAtMs: 1 }))
    await insertApiKey(db, sampleApiKey({ id: 'key_2', hash: sampleHash('2'), createdAtMs: 2, login: 'admin' }))
    await insertApiKey(db, sampleApiKey({ id: 'key_3', hash: sampleHash('3'), createdAtMs: 3, database: 'other' }))
    expect((await listApiKeys(db, filter, 10)).map(({ id }) => id)).toEqual(ids)
  })

  test('are revoked once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertApiKey(db, key)
    expect(await revokeApiKey(db, key.id, 5)).toBe(true)
    expect(await revokeApiKey(db, key.id, 6)).toBe(false)
    expect((await findApiKeyByHash(db, key.hash))?.revokedAtMs).toBe(5)
  })

  test('tell of their use to the minute, however often they are used', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertApiKey(db, key)
    const seen: unknown[] = []
    for (const atMs of [100_000, 159_999, 160_000]) {
      await noteApiKeyUse(db, key.id, { atMs, address: `10.0.0.${atMs % 7}` })
      seen.push((await findApiKeyByHash(db, key.hash))?.lastUsedAtMs)
    }
    expect(seen).toEqual([100_000, 100_000, 160_000])
  })
})

function sampleHash(name: string) {
  return sampleApiKey().hash.replace(/^./, name) as typeof key.hash
}
