import { expect, test } from 'vitest'
import { endGrant, insertGrant } from './grants.ts'
import {
  endOdooSession,
  endOrphanedOdooSessions,
  findOdooSession,
  insertOdooSession,
  listOdooSessionsToLogOut,
  replaceOdooSessionId,
  wipeOdooSessionId,
} from './odoo-sessions.ts'
import { sampleGrant, sampleOdooSession } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const opened = {
  id: 'os_sample',
  database: 'demo',
  uid: 6,
  sealedSessionId: 'sealed-1',
  revision: 1,
  openedAtMs: 500,
  changedAtMs: 500,
  endedAtMs: undefined,
}

test('a session comes back as it was opened', async () => {
  await using temporary = await openTemporaryStore()
  await insertOdooSession(temporary.store.db, sampleOdooSession())
  expect(await findOdooSession(temporary.store.db, 'os_sample')).toEqual(opened)
  expect(await findOdooSession(temporary.store.db, 'os_none')).toBeUndefined()
})

test('of two that replace the same id of a session, one wins and the other is told', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertOdooSession(db, sampleOdooSession())
  const rotated = { id: 'os_sample', revision: 1, sealedSessionId: 'sealed-2', changedAtMs: 700 }
  expect(await replaceOdooSessionId(db, rotated)).toBe(true)
  expect(await replaceOdooSessionId(db, { ...rotated, sealedSessionId: 'sealed-late' })).toBe(false)
  expect(await findOdooSession(db, 'os_sample')).toEqual({
    ...opened,
    sealedSessionId: 'sealed-2',
    revision: 2,
    changedAtMs: 700,
  })
})

test('a session ends once, takes no new id afterwards, and is then forgotten', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertOdooSession(db, sampleOdooSession())
  await wipeOdooSessionId(db, 'os_sample')
  expect((await findOdooSession(db, 'os_sample'))?.sealedSessionId).toBe('sealed-1')
  expect(await endOdooSession(db, 'os_sample', 800)).toBe(true)
  expect(await endOdooSession(db, 'os_sample', 900)).toBe(false)
  const rotated = { id: 'os_sample', revision: 1, sealedSessionId: 'sealed-2', changedAtMs: 900 }
  expect(await replaceOdooSessionId(db, rotated)).toBe(false)
  expect(await findOdooSession(db, 'os_sample')).toEqual({ ...opened, endedAtMs: 800 })
  await wipeOdooSessionId(db, 'os_sample')
  expect((await findOdooSession(db, 'os_sample'))?.sealedSessionId).toBeUndefined()
})

test('sessions that ended and that Odoo was not told of are listed, the first to end first', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  for (const id of ['os_open', 'os_told', 'os_late', 'os_early']) await insertOdooSession(db, sampleOdooSession({ id }))
  await endOdooSession(db, 'os_told', 700)
  await wipeOdooSessionId(db, 'os_told')
  await endOdooSession(db, 'os_late', 900)
  await endOdooSession(db, 'os_early', 800)
  const idsAt = async (nowMs: number, limit: number) =>
    (await listOdooSessionsToLogOut(db, nowMs, limit)).map((session) => session.id)
  expect(await idsAt(1_000, 10)).toEqual(['os_early', 'os_late'])
  expect(await idsAt(1_000, 1)).toEqual(['os_early'])
  expect(await idsAt(899, 10)).toEqual(['os_early'])
  expect(await idsAt(799, 10)).toEqual([])
  expect(await listOdooSessionsToLogOut(db, 1_000, 1)).toEqual([{ ...opened, id: 'os_early', endedAtMs: 800 }])
})

test('sessions that no grant names are ended, and no others', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertOdooSession(db, sampleOdooSession({ id: 'os_signing_in', openedAtMs: 601 }))
  await insertOdooSession(db, sampleOdooSession({ id: 'os_orphan', openedAtMs: 600 }))
  await insertOdooSession(db, sampleOdooSession({ id: 'os_older_orphan', openedAtMs: 599 }))
  await insertOdooSession(db, sampleOdooSession({ id: 'os_of_live_grant' }))
  await insertGrant(db, sampleGrant({ id: 'gr_live', odooSessionId: 'os_of_live_grant' }))
  await insertOdooSession(db, sampleOdooSession({ id: 'os_of_ended_grant' }))
  await insertGrant(db, sampleGrant({ id: 'gr_ended', odooSessionId: 'os_of_ended_grant' }))
  await endGrant(db, 'gr_ended', { endedAtMs: 550, reason: 'test' })
  await insertOdooSession(db, sampleOdooSession({ id: 'os_ended' }))
  await endOdooSession(db, 'os_ended', 560)
  const ended = async () => (await listOdooSessionsToLogOut(db, 10_000, 10)).map(({ id, endedAtMs }) => [id, endedAtMs])

  expect(await endOrphanedOdooSessions(db, 598, 10)).toBe(0)
  expect(await ended()).toEqual([['os_ended', 560]])
  expect(await endOrphanedOdooSessions(db, 600, 1)).toBe(1)
  expect(await ended()).toEqual([
    ['os_ended', 560],
    ['os_older_orphan', 600],
  ])
  expect(await endOrphanedOdooSessions(db, 600, 10)).toBe(1)
  expect(await endOrphanedOdooSessions(db, 600, 10)).toBe(0)
  expect((await findOdooSession(db, 'os_orphan'))?.endedAtMs).toBe(600)
  for (const id of ['os_signing_in', 'os_of_live_grant', 'os_of_ended_grant']) {
    expect(await findOdooSession(db, id)).toMatchObject({ endedAtMs: undefined, sealedSessionId: 'sealed-1' })
  }
})
