import { describe, expect, test } from 'vitest'
import { noteChange, watchChanges } from './changes.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('changes', () => {
  test('are heard once each, by those who wait for their topic', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    await noteChange(store.db, 'apis')
    const changes = await watchChanges(store)
    const heard: string[] = []
    changes.on('apis', async () => void heard.push('apis'))
    changes.on('credentials', async () => void heard.push('credentials'))
    await changes.check()
    expect(heard).toEqual([])
    await noteChange(store.db, 'apis')
    await changes.check()
    await changes.check()
    expect(heard).toEqual(['apis'])
    await noteChange(store.db, 'credentials')
    await noteChange(store.db, 'credentials')
    await changes.check()
    expect(heard).toEqual(['apis', 'credentials'])
  })

  test('of a transaction that failed are none', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    const changes = await watchChanges(store)
    const heard: string[] = []
    changes.on('apis', async () => void heard.push('apis'))
    const failing = store.transaction(async (tx) => {
      await noteChange(tx, 'apis')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await changes.check()
    expect(heard).toEqual([])
  })

  test('that a hearer could not take in are told again', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    const changes = await watchChanges(store)
    let times = 0
    changes.on('apis', async () => {
      times += 1
      if (times === 1) throw new Error('the store is away')
    })
    await noteChange(store.db, 'apis')
    await expect(changes.check()).rejects.toThrow('the store is away')
    await changes.check()
    await changes.check()
    expect(times).toBe(2)
  })

  test('that come while others are looked at are not missed', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    const changes = await watchChanges(store)
    let second: Promise<void> | undefined
    const heard: string[] = []
    changes.on('apis', async () => {
      heard.push('apis')
      if (heard.length > 1) return
      await noteChange(store.db, 'apis')
      second = changes.check()
    })
    await noteChange(store.db, 'apis')
    await changes.check()
    await second
    expect(heard).toEqual(['apis', 'apis'])
  })
})
