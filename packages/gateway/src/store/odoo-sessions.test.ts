import { expect, test } from 'vitest'
import {
  endOdooSession,
  findOdooSession,
  insertOdooSession,
  replaceOdooSessionId,
  wipeOdooSessionId,
} from './odoo-sessions.ts'
import { sampleOdooSession } from './testing/records.ts'
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
