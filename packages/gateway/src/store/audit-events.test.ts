import { expect, test } from 'vitest'
import { type AuditEvent, insertAuditEvent, listAuditEvents } from './audit-events.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

test('the trail is read the newest first, as it was written', async () => {
  await using temporary = await openTemporaryStore()
  const { db } = temporary.store
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
  await insertAuditEvent(db, full)
  await insertAuditEvent(db, { id: 'ev_2', atMs: 3, kind: 'started', detail: {} })
  await insertAuditEvent(db, { id: 'ev_3', atMs: 2, kind: 'started', detail: {} })
  const events = await listAuditEvents(db, 10)
  expect(events.map((event) => event.id)).toEqual(['ev_2', 'ev_3', 'ev_1'])
  expect(events[2]).toEqual(full)
  expect(await listAuditEvents(db, 1)).toHaveLength(1)
})
