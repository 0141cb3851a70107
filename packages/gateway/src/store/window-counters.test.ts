import { afterEach, describe, expect, test, vi } from 'vitest'
import { openTemporaryStore } from './testing/temporary-store.ts'

afterEach(() => vi.useRealTimers())

describe('a count', () => {
  test('of those that happen at once gives each a number of its own', async () => {
    await using temporary = await openTemporaryStore()
    const { counters } = temporary.store
    const seen = await Promise.all(Array.from({ length: 100 }, () => counters.add('k', 1, 60)))
    expect(seen.map(({ count }) => count).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })

  test('can be taken back, and is of its key alone', async () => {
    await using temporary = await openTemporaryStore()
    const { counters } = temporary.store
    await counters.add('one', 1, 60)
    await counters.add('one', 1, 60)
    expect((await counters.add('one', -1, 60)).count).toBe(1)
    expect((await counters.add('other', 1, 60)).count).toBe(1)
  })

  test('begins anew when its window is over, which does not move while it lasts', async () => {
    await using temporary = await openTemporaryStore()
    const { counters } = temporary.store
    vi.useFakeTimers({ toFake: ['Date'] })
    const startMs = Date.now()
    await counters.add('k', 1, 300)
    vi.setSystemTime(startMs + 299_000)
    const late = await counters.add('k', 1, 300)
    expect(late).toEqual({ count: 2, endsInMs: 1000 })
    vi.setSystemTime(startMs + 300_001)
    expect((await counters.add('k', 1, 300)).count).toBe(1)
  })
})
