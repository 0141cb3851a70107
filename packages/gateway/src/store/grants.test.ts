import { describe, expect, test } from 'vitest'
import {
  endGrant,
  findGrant,
  hasLiveGrantOnSession,
  insertGrant,
  isGrantLive,
  listGrantsPastTheirEnd,
} from './grants.ts'
import { insertOdooSession } from './odoo-sessions.ts'
import { sampleGrant, sampleOdooSession } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('a grant', () => {
  test.each([
    { name: 'with everything', grant: sampleGrant({ administrator: true, scopes: ['a b', '"', '*:read'] }) },
    { name: 'without a device', grant: sampleGrant({ device: undefined }) },
    { name: 'without scopes', grant: sampleGrant({ scopes: [] }) },
    { name: 'with a login that SQL could misread', grant: sampleGrant({ login: `o'neil"; drop table "grant"; --` }) },
    { name: 'with times beyond 32 bits', grant: sampleGrant({ expiresAtMs: 1_795_000_000_000 }) },
  ])('$name comes back as it was', async ({ grant }) => {
    await using temporary = await openTemporaryStore()
    await insertGrant(temporary.store.db, grant)
    expect(await findGrant(temporary.store.db, grant.id)).toEqual(grant)
  })

  test('whose scopes column is damaged is not guessed at', async () => {
    await using temporary = await openTemporaryStore()
    await insertGrant(temporary.store.db, sampleGrant())
    await temporary.store.db.updateTable('grant').set({ scopes: '{"*":"*"}' }).execute()
    await expect(findGrant(temporary.store.db, 'gr_sample')).rejects.toThrow(TypeError)
  })

  test('that is not there is undefined', async () => {
    await using temporary = await openTemporaryStore()
    expect(await findGrant(temporary.store.db, 'gr_none')).toBeUndefined()
  })

  test('ends once: a second end changes neither time nor reason', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    await insertGrant(db, sampleGrant())
    expect(await endGrant(db, 'gr_sample', { endedAtMs: 2_000, reason: 'signed out' })).toBe(true)
    expect(await endGrant(db, 'gr_sample', { endedAtMs: 3_000, reason: 'reuse' })).toBe(false)
    expect(await endGrant(db, 'gr_none', { endedAtMs: 3_000, reason: 'reuse' })).toBe(false)
    expect(await findGrant(db, 'gr_sample')).toMatchObject({ endedAtMs: 2_000, endedReason: 'signed out' })
  })

  test.each([
    { name: 'just made', grant: sampleGrant(), nowMs: 1_000, live: true },
    { name: 'in its last millisecond', grant: sampleGrant(), nowMs: 999_999, live: true },
    { name: 'at its end', grant: sampleGrant(), nowMs: 1_000_000, live: false },
    { name: 'ended', grant: sampleGrant({ endedAtMs: 2_000 }), nowMs: 1_500, live: false },
  ])('$name: live is $live', ({ grant, nowMs, live }) => {
    expect(isGrantLive(grant, nowMs)).toBe(live)
  })
})

test('an Odoo session is in use while a grant on it is live, and by no other', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertOdooSession(db, sampleOdooSession())
  await insertGrant(db, sampleGrant({ id: 'gr_1', odooSessionId: 'os_sample' }))
  await insertGrant(db, sampleGrant({ id: 'gr_2', odooSessionId: 'os_sample', expiresAtMs: 5_000 }))
  await insertGrant(db, sampleGrant({ id: 'gr_3' }))
  expect(await hasLiveGrantOnSession(db, 'os_sample', 2_000)).toBe(true)
  await endGrant(db, 'gr_1', { endedAtMs: 2_000, reason: 'test' })
  expect(await hasLiveGrantOnSession(db, 'os_sample', 2_000)).toBe(true)
  expect(await hasLiveGrantOnSession(db, 'os_sample', 5_000)).toBe(false)
})

test('grants past their end are listed the oldest first, ended ones and live ones not', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertGrant(db, sampleGrant({ id: 'gr_late', expiresAtMs: 3_000 }))
  await insertGrant(db, sampleGrant({ id: 'gr_early', expiresAtMs: 2_000 }))
  await insertGrant(db, sampleGrant({ id: 'gr_ended', expiresAtMs: 1_500, endedAtMs: 1_200, endedReason: 'test' }))
  await insertGrant(db, sampleGrant({ id: 'gr_live', expiresAtMs: 3_001 }))
  expect(await listGrantsPastTheirEnd(db, 3_000, 10)).toEqual(['gr_early', 'gr_late'])
  expect(await listGrantsPastTheirEnd(db, 3_000, 1)).toEqual(['gr_early'])
})
