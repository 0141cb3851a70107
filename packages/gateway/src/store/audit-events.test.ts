import { expect, test } from 'vitest'
import { type AuditEvent, deleteAuditEventsUntil, insertAuditEvent, listAuditEvents } from './audit-events.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

const full: AuditEvent = {
  id: 'ev_1',
  atMs: 1,
  kind: 'reuse_detected',
  database: 'demo',
  uid: 6,
  login: 'demo',
  grantId: 'gr_1',
  clientId: 'odoo-jwt',
  api: 'default',
  address: '127.0.0.1',
  requestId: 'rq_1',
  detail: { surface: 'odoo-jwt' },
}

test('the trail is read the newest first, as it was written', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertAuditEvent(db, full)
  await insertAuditEvent(db, { id: 'ev_2', atMs: 3, kind: 'started', detail: {} })
  await insertAuditEvent(db, { id: 'ev_3', atMs: 2, kind: 'started', detail: {} })
  const events = await listAuditEvents(db, 10)
  expect(events.map((event) => event.id)).toEqual(['ev_2', 'ev_3', 'ev_1'])
  expect(events[2]).toEqual(full)
  expect(await listAuditEvents(db, 1)).toHaveLength(1)
})

test('pages go on behind an event, also among those of one instant', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  for (const id of ['a', 'b', 'c', 'd', 'e']) await insertAuditEvent(db, { id, atMs: 7, kind: 'test', detail: {} })
  const seen: string[] = []
  let before: { atMs: number; id: string } | undefined
  for (let page = await listAuditEvents(db, 2); page.length > 0; page = await listAuditEvents(db, 2, { before })) {
    seen.push(...page.map(({ id }) => id))
    before = page.at(-1)
  }
  expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'])
})

test('events are found by kind, time, database and user', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertAuditEvent(db, full)
  await insertAuditEvent(db, { id: 'ended', atMs: 2, kind: 'grant_ended', database: 'demo', uid: 6, detail: {} })
  await insertAuditEvent(db, { id: 'other', atMs: 3, kind: 'grant_ended', database: 'two', uid: 6, detail: {} })
  const ids = async (filter: Parameters<typeof listAuditEvents>[2]) =>
    (await listAuditEvents(db, 10, filter)).map(({ id }) => id)
  expect(await ids({ kind: 'grant_ended' })).toEqual(['other', 'ended'])
  expect(await ids({ sinceMs: 2 })).toEqual(['other', 'ended'])
  expect(await ids({ database: 'two' })).toEqual(['other'])
  expect(await ids({ user: 6 })).toEqual(['other', 'ended', 'ev_1'])
  // The end of a grant names its user by id alone; the login leads there, in its own database only.
  expect(await ids({ user: 'demo' })).toEqual(['ended', 'ev_1'])
  expect(await ids({ user: 'nobody' })).toEqual([])
})

test('old events are removed, the oldest first, and no more than asked', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
  for (const atMs of [5_002, 5_000, 5_001]) {
    await insertAuditEvent(db, { id: `ev_${atMs}`, atMs, kind: 'test', detail: {} })
  }
  const kept = async () => (await listAuditEvents(db, 10)).map((event) => event.atMs)
  expect(await deleteAuditEventsUntil(db, 4_999, 100)).toBe(0)
  expect(await deleteAuditEventsUntil(db, 5_001, 1)).toBe(1)
  expect(await kept()).toEqual([5_002, 5_001])
  expect(await deleteAuditEventsUntil(db, 5_001, 100)).toBe(1)
  expect(await kept()).toEqual([5_002])
})
