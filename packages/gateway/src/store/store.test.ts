import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { findGrant, insertGrant } from './grants.ts'
import { findRefreshToken, insertRefreshToken } from './refresh-tokens.ts'
import { openStore } from './store.ts'
import { sampleGrant, sampleRefreshToken } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('transactions', () => {
  test('leave nothing behind when they fail', async () => {
    await using temporary = await openTemporaryStore()
    const failing = temporary.store.transaction(async (tx) => {
      await insertGrant(tx, sampleGrant())
      throw new Error('changed its mind')
    })
    await expect(failing).rejects.toThrow('changed its mind')
    expect(await findGrant(temporary.store.db, 'gr_sample')).toBeUndefined()
  })

  test('run one after the other, however many begin at once', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    await store.db.insertInto('node_setting').values({ key: 'counter', value: '0' }).execute()
    await Promise.all(
      Array.from({ length: 50 }, () =>
        store.transaction(async (tx) => {
          const row = await tx.selectFrom('node_setting').select('value').executeTakeFirstOrThrow()
          await setImmediate()
          await tx
            .updateTable('node_setting')
            .set({ value: String(Number(row.value) + 1) })
            .execute()
        }),
      ),
    )
    const row = await store.db.selectFrom('node_setting').select('value').executeTakeFirstOrThrow()
    expect(row.value).toBe('50')
  })

  test('refuse a token whose grant is not there', async () => {
    await using temporary = await openTemporaryStore()
    await expect(insertRefreshToken(temporary.store.db, sampleRefreshToken())).rejects.toThrow(/foreign key/i)
  })
})

describe('the check', () => {
  test('passes while the store answers', async () => {
    await using temporary = await openTemporaryStore()
    await expect(temporary.store.check()).resolves.toBeUndefined()
  })

  test('answers store.unavailable when it does not', async () => {
    await using temporary = await openTemporaryStore()
    await temporary.store.close()
    const refusal = await temporary.store.check().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(GatehouseError)
    expect(refusal).toMatchObject({ code: 'store.unavailable', status: 503, data: { retryAfterSeconds: 5 } })
  })
})

describe('closing', () => {
  test('waits for all that was asked before', async () => {
    await using temporary = await openTemporaryStore()
    const { store, at } = temporary
    const asked = [
      store.transaction(async (tx) => {
        await insertGrant(tx, sampleGrant({ id: 'gr_1' }))
        await setImmediate()
        await insertRefreshToken(tx, sampleRefreshToken({ grantId: 'gr_1' }))
      }),
      insertGrant(store.db, sampleGrant({ id: 'gr_2' })),
      store.transaction((tx) => insertGrant(tx, sampleGrant({ id: 'gr_3' }))),
    ]
    await store.close()
    await Promise.all(asked)
    const again = await openStore({ at })
    for (const id of ['gr_1', 'gr_2', 'gr_3']) expect(await findGrant(again.db, id)).toBeDefined()
    expect(await findRefreshToken(again.db, sampleRefreshToken().hash)).toBeDefined()
    await again.close()
  })

  test('waits at whatever moment it comes', async () => {
    for (let moment = 0; moment < 40; moment += 1) {
      await using temporary = await openTemporaryStore()
      const { store } = temporary
      const asked = Promise.all([
        store.transaction((tx) => insertGrant(tx, sampleGrant({ id: 'gr_1' }))),
        insertGrant(store.db, sampleGrant({ id: 'gr_2' })),
      ])
      for (let step = 0; step < moment; step += 1) await undefined
      await store.close()
      await expect(asked).resolves.toBeDefined()
    }
  })

  test('refuses what is asked later, and does nothing the second time', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    await store.close()
    await expect(store.close()).resolves.toBeUndefined()
    await expect(insertGrant(store.db, sampleGrant())).rejects.toThrow()
    await expect(store.transaction(async () => 'done')).rejects.toThrow()
  })
})
