import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { endGrant, findGrant, insertGrant } from './grants.ts'
import { endOdooSession, findOdooSession, insertOdooSession } from './odoo-sessions.ts'
import { consumeRefreshToken, findRefreshToken, insertRefreshToken } from './refresh-tokens.ts'
import type { Store } from './store.ts'
import { sweepExpired } from './sweep.ts'
import { sampleGrant, sampleOdooSession, sampleRefreshToken } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const DAY_MS = 86_400_000

describe('a sweep', () => {
  test('wipes sealed successors when the grace window ends, and keeps their hashes', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    await consumedToken(temporary.store, 'a', 12_000)
    await consumedToken(temporary.store, 'b', 12_001)
    expect(await sweepExpired(db, 12_000, 100)).toMatchObject({
      sealedSuccessors: 1,
      grants: 0,
      odooSessions: 0,
    })
    const swept = await findRefreshToken(db, hashSecret('a'))
    expect(swept?.consumed).toMatchObject({ successorSealed: undefined, successorHash: hashSecret('after a') })
    const kept = await findRefreshToken(db, hashSecret('b'))
    expect(kept?.consumed?.successorSealed).toBe('sealed')
  })

  test('deletes grants 7 days after they ended, with their tokens, and no live one however old', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant({ id: 'gr_ended' }))
    await insertGrant(db, sampleGrant({ id: 'gr_live' }))
    await insertRefreshToken(db, sampleRefreshToken({ grantId: 'gr_ended' }))
    await endGrant(db, 'gr_ended', { endedAtMs: 5_000, reason: 'test' })
    expect(await sweepExpired(db, 4_999 + 7 * DAY_MS, 100)).toMatchObject({ grants: 0 })
    expect(await sweepExpired(db, 5_000 + 7 * DAY_MS, 100)).toMatchObject({ grants: 1 })
    expect(await findGrant(db, 'gr_ended')).toBeUndefined()
    expect(await findRefreshToken(db, sampleRefreshToken().hash)).toBeUndefined()
    expect(await findGrant(db, 'gr_live')).toBeDefined()
  })

  test('deletes Odoo sessions a day after they ended; grants that named them stay', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertOdooSession(db, sampleOdooSession())
    await insertOdooSession(db, sampleOdooSession({ id: 'os_open' }))
    await insertGrant(db, sampleGrant({ odooSessionId: 'os_sample' }))
    await endOdooSession(db, 'os_sample', 5_000)
    expect(await sweepExpired(db, 4_999 + DAY_MS, 100)).toMatchObject({ odooSessions: 0 })
    expect(await sweepExpired(db, 5_000 + DAY_MS, 100)).toMatchObject({ odooSessions: 1 })
    expect(await findOdooSession(db, 'os_sample')).toBeUndefined()
    expect(await findOdooSession(db, 'os_open')).toBeDefined()
    expect((await findGrant(db, 'gr_sample'))?.odooSessionId).toBeUndefined()
  })

  test('changes at most so many rows as it was allowed, and says when more is left', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    for (const name of ['a', 'b', 'c']) await consumedToken(temporary.store, name, 12_000)
    expect(await sweepExpired(db, 20_000, 2)).toMatchObject({ sealedSuccessors: 2 })
    expect(await sweepExpired(db, 20_000, 2)).toMatchObject({ sealedSuccessors: 1 })
    expect(await sweepExpired(db, 20_000, 2)).toMatchObject({ sealedSuccessors: 0 })
  })
})

async function consumedToken(store: Store, name: string, graceUntilMs: number): Promise<void> {
  await insertRefreshToken(store.db, sampleRefreshToken({ hash: hashSecret(name) }))
  await consumeRefreshToken(store.db, hashSecret(name), {
    consumedAtMs: graceUntilMs - 10_000,
    successorHash: hashSecret(`after ${name}`),
    successorSealed: 'sealed',
    graceUntilMs,
  })
}
