import { describe, expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { endGrant, insertGrant } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import { sampleGrant } from '../store/testing/records.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { createGrantLiveness } from './grant-liveness.ts'

describe('whether a grant lives', () => {
  test('is read from the store at most every 2 s, so that what another node ended is felt within 2 s', async () => {
    await using temporary = await openTemporaryStore()
    const { store, clock, liveness } = await withGrant(temporary.store)
    expect(await liveness.find('gr_sample')).toEqual(sampleGrant())
    await endGrant(store.db, 'gr_sample', { endedAtMs: clock.nowMs(), reason: 'another node' })
    clock.advanceMs(1_999)
    expect(await liveness.find('gr_sample')).toBeDefined()
    clock.advanceMs(1)
    expect(await liveness.find('gr_sample')).toBeUndefined()
  })

  test('is over at once for what this node ended', async () => {
    await using temporary = await openTemporaryStore()
    const { liveness } = await withGrant(temporary.store)
    await liveness.find('gr_sample')
    liveness.noteEnded('gr_sample')
    expect(await liveness.find('gr_sample')).toBeUndefined()
  })

  test('is not brought back by a read that began before this node ended it', async () => {
    await using temporary = await openTemporaryStore()
    const { liveness } = await withGrant(temporary.store)
    const reading = liveness.find('gr_sample')
    liveness.noteEnded('gr_sample')
    expect(await reading).toBeUndefined()
    expect(await liveness.find('gr_sample')).toBeUndefined()
  })

  test('ends with the grant to the millisecond, read or remembered', async () => {
    await using temporary = await openTemporaryStore()
    const { clock, liveness } = await withGrant(temporary.store, 1_500)
    expect(await liveness.find('gr_sample')).toBeDefined()
    clock.advanceMs(499)
    expect(await liveness.find('gr_sample')).toBeDefined()
    clock.advanceMs(1)
    expect(await liveness.find('gr_sample')).toBeUndefined()
  })

  test('is asked of the store again when the clock was set back', async () => {
    await using temporary = await openTemporaryStore()
    const { store, clock, liveness } = await withGrant(temporary.store)
    await liveness.find('gr_sample')
    await endGrant(store.db, 'gr_sample', { endedAtMs: clock.nowMs(), reason: 'another node' })
    clock.advanceSeconds(-3_600)
    expect(await liveness.find('gr_sample')).toBeUndefined()
  })

  test('is unknown of a grant that is not there, without asking each time', async () => {
    await using temporary = await openTemporaryStore()
    const { store, clock, liveness } = await withGrant(temporary.store)
    expect(await liveness.find('gr_later')).toBeUndefined()
    await insertGrant(store.db, sampleGrant({ id: 'gr_later' }))
    expect(await liveness.find('gr_later')).toBeUndefined()
    clock.advanceMs(2_000)
    expect(await liveness.find('gr_later')).toBeDefined()
  })

  test('costs one read for all who wait for it', async () => {
    await using temporary = await openTemporaryStore()
    const { store, liveness } = await withGrant(temporary.store)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    // While a transaction holds the connection, every read waits.
    const transaction = store.transaction(() => held)
    const waiting = Array.from({ length: 10 }, () => liveness.find('gr_sample'))
    release()
    await transaction
    const answers = new Set(await Promise.all(waiting))
    expect(answers.size).toBe(1)
  })

  test('fails when the store does, and is not remembered as that', async () => {
    await using temporary = await openTemporaryStore()
    const { store, liveness } = await withGrant(temporary.store)
    await store.db.schema.alterTable('grant').renameTo('away').execute()
    await expect(liveness.find('gr_sample')).rejects.toThrow(/no such table|does not exist/)
    await store.db.schema.alterTable('away').renameTo('grant').execute()
    expect(await liveness.find('gr_sample')).toBeDefined()
  })
})

async function withGrant(store: Store, expiresAtMs?: number) {
  const clock = createManualClock(1_000)
  await insertGrant(store.db, sampleGrant(expiresAtMs === undefined ? {} : { expiresAtMs }))
  return { store, clock, liveness: createGrantLiveness({ store, clock }) }
}
