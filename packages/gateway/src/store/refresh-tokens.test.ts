import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { endGrant, insertGrant } from './grants.ts'
import {
  type Consumption,
  consumeRefreshToken,
  deleteRefreshTokensOf,
  findRefreshToken,
  insertRefreshToken,
  listGrantsOutOfTokens,
} from './refresh-tokens.ts'
import { sampleGrant, sampleRefreshToken } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const first = hashSecret('first')
const second = hashSecret('second')
const consumption: Consumption = {
  consumedAtMs: 2_000,
  successorHash: second,
  successorSealed: 'sealed',
  graceUntilMs: 12_000,
}

describe('a refresh token', () => {
  test('is unused until it is consumed, and then tells its successor', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    await insertRefreshToken(db, sampleRefreshToken({ hash: first }))
    expect(await findRefreshToken(db, first)).toEqual({ ...sampleRefreshToken({ hash: first }), consumed: undefined })
    expect(await consumeRefreshToken(db, first, consumption)).toBe(true)
    expect((await findRefreshToken(db, first))?.consumed).toEqual(consumption)
  })

  test('is consumed by one caller only; what the first wrote stands', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    await insertRefreshToken(db, sampleRefreshToken({ hash: first }))
    expect(await consumeRefreshToken(db, first, consumption)).toBe(true)
    const late = { ...consumption, successorHash: hashSecret('third'), consumedAtMs: 2_001 }
    expect(await consumeRefreshToken(db, first, late)).toBe(false)
    expect(await consumeRefreshToken(db, hashSecret('unknown'), consumption)).toBe(false)
    expect((await findRefreshToken(db, first))?.consumed).toEqual(consumption)
  })

  test('cannot follow two others', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    await insertRefreshToken(db, sampleRefreshToken({ hash: first }))
    await insertRefreshToken(db, sampleRefreshToken({ hash: hashSecret('other') }))
    await consumeRefreshToken(db, first, consumption)
    await expect(consumeRefreshToken(db, hashSecret('other'), consumption)).rejects.toThrow(/unique/i)
  })

  test('is forgotten as a sealed copy and still known by its hash', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    await insertRefreshToken(db, sampleRefreshToken({ hash: first }))
    await insertRefreshToken(db, sampleRefreshToken({ hash: second }))
    await consumeRefreshToken(db, first, consumption)
    await consumeRefreshToken(db, second, { ...consumption, successorHash: hashSecret('third') })
    expect((await findRefreshToken(db, first))?.consumed).toEqual({ ...consumption, successorSealed: undefined })
  })

  test('goes with the chain of its grant, and no other', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant({ id: 'gr_1' }))
    await insertGrant(db, sampleGrant({ id: 'gr_2' }))
    await insertRefreshToken(db, sampleRefreshToken({ hash: first, grantId: 'gr_1' }))
    await insertRefreshToken(db, sampleRefreshToken({ hash: second, grantId: 'gr_2' }))
    await deleteRefreshTokensOf(db, 'gr_1')
    expect(await findRefreshToken(db, first)).toBeUndefined()
    expect(await findRefreshToken(db, second)).toBeDefined()
  })
})

test('a grant is out of tokens when its last one ran out, not when one before it did', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  for (const id of ['gr_rotated', 'gr_out']) await insertGrant(db, sampleGrant({ id }))
  await insertRefreshToken(db, sampleRefreshToken({ hash: first, grantId: 'gr_rotated', expiresAtMs: 4_000 }))
  await insertRefreshToken(db, sampleRefreshToken({ hash: second, grantId: 'gr_rotated', expiresAtMs: 9_000 }))
  await consumeRefreshToken(db, first, consumption)
  await insertRefreshToken(db, sampleRefreshToken({ hash: hashSecret('out'), grantId: 'gr_out', expiresAtMs: 5_000 }))
  expect(await listGrantsOutOfTokens(db, 5_000, 10)).toEqual(['gr_out'])
  expect(await listGrantsOutOfTokens(db, 4_999, 10)).toEqual([])
  await endGrant(db, 'gr_out', { endedAtMs: 5_000, reason: 'test' })
  await deleteRefreshTokensOf(db, 'gr_out')
  expect(await listGrantsOutOfTokens(db, 5_000, 10)).toEqual([])
})
