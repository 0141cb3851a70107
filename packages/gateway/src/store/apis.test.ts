import { describe, expect, test } from 'vitest'
import { deleteStoredApi, listStoredApis, putStoredApi } from './apis.ts'
import { watchChanges } from './changes.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const api = {
  database: 'demo',
  name: 'shop',
  document: { name: 'shop', database: 'demo', exposures: [] },
  updatedAtMs: 5,
  updatedBy: 'command',
}

describe('stored APIs', () => {
  test('are kept as they were given, and count their changes', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await putStoredApi(db, api)
    await putStoredApi(db, { ...api, name: 'app' })
    await putStoredApi(db, { ...api, document: { name: 'shop', database: 'demo' }, updatedAtMs: 9 })
    expect(await listStoredApis(db)).toEqual([
      { ...api, name: 'app', revision: 1 },
      { ...api, document: { name: 'shop', database: 'demo' }, updatedAtMs: 9, revision: 2 },
    ])
  })

  test('of two databases may have one name', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await putStoredApi(db, api)
    await putStoredApi(db, { ...api, database: 'other' })
    expect(await deleteStoredApi(db, 'demo', 'shop')).toBe(true)
    expect(await deleteStoredApi(db, 'demo', 'shop')).toBe(false)
    expect((await listStoredApis(db)).map(({ database }) => database)).toEqual(['other'])
  })

  test('tell every node of each change', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    const changes = await watchChanges(store)
    let heard = 0
    changes.on('apis', async () => {
      heard += 1
    })
    await putStoredApi(store.db, api)
    await changes.check()
    await deleteStoredApi(store.db, 'demo', 'shop')
    await changes.check()
    await deleteStoredApi(store.db, 'demo', 'shop')
    await changes.check()
    expect(heard).toBe(2)
  })
})
