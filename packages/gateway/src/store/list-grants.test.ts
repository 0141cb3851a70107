import { expect, test } from 'vitest'
import { type GrantFilter, insertGrant, listGrants } from './grants.ts'
import { sampleGrant } from './testing/records.ts'
import { openTemporaryStore, type TemporaryStore } from './testing/temporary-store.ts'

/** Four grants, one a millisecond, and `gr_same` at the time of the last. */
async function openWithGrants(): Promise<TemporaryStore> {
  const temporary = await openTemporaryStore()
  const { db } = temporary.store
  await insertGrant(db, sampleGrant({ id: 'gr_1', createdAtMs: 1, device: 'curl/8.0' }))
  await insertGrant(db, sampleGrant({ id: 'gr_2', createdAtMs: 2, uid: 2, login: 'admin', device: '100%_Client' }))
  await insertGrant(db, sampleGrant({ id: 'gr_3', createdAtMs: 3, endedAtMs: 9, endedReason: 'signed out' }))
  await insertGrant(
    db,
    sampleGrant({ id: 'gr_4', createdAtMs: 4, expiresAtMs: 10, clientId: 'key:1', surface: 'api-key' }),
  )
  await insertGrant(db, sampleGrant({ id: 'gr_5', createdAtMs: 4, database: 'other' }))
  return temporary
}

test.each<[filter: GrantFilter, ids: string[]]>([
  [{}, ['gr_5', 'gr_4', 'gr_3', 'gr_2', 'gr_1']],
  [{ database: 'demo' }, ['gr_4', 'gr_3', 'gr_2', 'gr_1']],
  [{ login: 'admin' }, ['gr_2']],
  [{ uid: 2 }, ['gr_2']],
  [{ clientId: 'key:1' }, ['gr_4']],
  [{ surface: 'api-key' }, ['gr_4']],
  [{ device: 'CURL' }, ['gr_1']],
  [{ device: '%_' }, ['gr_2']],
  [{ state: 'live' }, ['gr_5', 'gr_2', 'gr_1']],
  [{ state: 'ended' }, ['gr_4', 'gr_3']],
  [{ after: { createdAtMs: 4, id: 'gr_5' } }, ['gr_4', 'gr_3', 'gr_2', 'gr_1']],
  [{ after: { createdAtMs: 3, id: 'gr_3' }, state: 'live' }, ['gr_2', 'gr_1']],
])('grants are listed by %j, the newest first', async (filter, ids) => {
  await using temporary = await openWithGrants()
  const listed = await listGrants(temporary.store.db, filter, { nowMs: 20, limit: 10 })
  expect(listed.map(({ id }) => id)).toEqual(ids)
})

test('a page ends at its limit', async () => {
  await using temporary = await openWithGrants()
  expect(await listGrants(temporary.store.db, {}, { nowMs: 20, limit: 2 })).toHaveLength(2)
})
