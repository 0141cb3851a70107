import { expect, test } from 'vitest'
import { findOdooSession, insertOdooSession, replaceOdooSessionId } from '../store/odoo-sessions.ts'
import { sampleOdooSession } from '../store/testing/records.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { createSealer, deriveMasterKey } from '../tokens/sealer.ts'
import { createSeededRandom } from '../tokens/testing/seeded-random.ts'
import { LiveSessions } from './live-sessions.ts'
import { type Act, scriptedOdoo, sessionIdOf } from './testing/scripted-odoo.ts'

const clock = { nowMs: () => 1_000 }
const [A, B, C] = ['a', 'b', 'c'].map(sessionIdOf) as [string, string, string]

/** A store with the session `os_sample` in it at id A, and a process that has just started. */
async function started(...script: readonly Act[]) {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const sealer = createSealer({ masterKey: deriveMasterKey('m'.repeat(32)), random: createSeededRandom('live') })
  const odoo = scriptedOdoo(...script)
  const live = new LiveSessions({ store, sealer, databases: odoo.databases, clock })
  await insertOdooSession(store.db, sampleOdooSession({ sealedSessionId: live.seal('os_sample', A) }))
  const storedId = async () => {
    const row = await findOdooSession(store.db, 'os_sample')
    return sealer.open('odoo_session.sealed_session_id:os_sample', row?.sealedSessionId ?? '')
  }
  return { live, store, odoo, storedId, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() }
}

const call = async (live: LiveSessions) => (await live.get('os_sample'))?.callKw('res.users', 'read', [[6]], {})

test('calls that begin at the same time after a restart stand on one session', async () => {
  await using gateway = await started()
  const [one, other] = await Promise.all([gateway.live.get('os_sample'), gateway.live.get('os_sample')])
  expect(one).toBeDefined()
  expect(one).toBe(other)
})

test('an id that Odoo rotates to is in the store before it is used', async () => {
  await using gateway = await started({ result: 1, newSessionId: B }, { result: 2 })
  await call(gateway.live)
  expect(await gateway.storedId()).toBe(B)
  await call(gateway.live)
  expect(gateway.odoo.usedIds).toEqual([A, B])
})

test('a session that another node has seen rotate is read anew when Odoo refuses the old id', async () => {
  await using gateway = await started({ result: 1 })
  const stale = await gateway.live.get('os_sample')
  if (stale === undefined) throw new Error('The session is there.')
  expect(await gateway.live.newerThan('os_sample', stale)).toBeUndefined()

  const sealedSessionId = gateway.live.seal('os_sample', C)
  await replaceOdooSessionId(gateway.store.db, { id: 'os_sample', revision: 1, sealedSessionId, changedAtMs: 2_000 })
  const newer = await gateway.live.newerThan('os_sample', stale)
  await newer?.callKw('res.users', 'read', [[6]], {})
  expect(gateway.odoo.usedIds).toEqual([C])
})

test('where another node was first, its id stands, and the answer is not lost', async () => {
  await using gateway = await started({ result: 'done', newSessionId: B }, { result: 2 })
  await gateway.live.get('os_sample')
  const sealedSessionId = gateway.live.seal('os_sample', C)
  await replaceOdooSessionId(gateway.store.db, { id: 'os_sample', revision: 1, sealedSessionId, changedAtMs: 2_000 })
  expect(await call(gateway.live)).toBe('done')
  expect(await gateway.storedId()).toBe(C)
  await call(gateway.live)
  expect(gateway.odoo.usedIds).toEqual([A, C])
})

test('a session that was taken to be logged out is not found again', async () => {
  await using gateway = await started()
  expect(await gateway.live.take('os_sample')).toBeDefined()
  expect(await gateway.live.get('unknown')).toBeUndefined()
})
