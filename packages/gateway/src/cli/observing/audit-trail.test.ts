import { expect, test } from 'vitest'
import type { Observation } from '../../kernel/observation.ts'
import { systemRandom } from '../../kernel/random.ts'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { listAuditEvents } from '../../store/audit-events.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import { createBackground } from '../background.ts'
import { createAuditTrail } from './audit-trail.ts'

const refused: Observation = {
  kind: 'sign_in_refused',
  reason: 'denied',
  database: 'demo',
  api: 'default',
  surface: 'odoo-jwt',
  address: '203.0.113.9',
  requestId: 'req_1',
}

async function openTrail() {
  const temporary = await openTemporaryStore()
  const clock = createManualClock()
  const background = createBackground(1, (error) => {
    throw error
  })
  const trail = createAuditTrail({ store: temporary.store, background, clock, random: systemRandom })
  const kept = async () => {
    await background.settle(5_000)
    return listAuditEvents(temporary.store.db, 1_000)
  }
  return Object.assign(temporary, { trail, clock, kept })
}

test('a thousand refusals of one caller are two events: the first, and how many came after it', async () => {
  await using open = await openTrail()
  for (let number = 0; number < 1_000; number += 1) open.trail.keep({ ...refused, requestId: `req_${number}` })
  open.clock.advanceMs(600_000)
  open.trail.writeCounted()
  const [counted, first, ...others] = await open.kept()
  expect(others).toEqual([])
  expect(first).toMatchObject({ kind: 'sign_in_refused', requestId: 'req_0', detail: { reason: 'denied' } })
  expect(counted).toMatchObject({ kind: 'sign_in_refused', address: '203.0.113.9', detail: { times: 999 } })
  expect(counted?.requestId).toBeUndefined()
})

test('what matters by itself is kept each time, what is routine never', async () => {
  await using open = await openTrail()
  const whose = { database: 'demo', uid: 6, grantId: 'gr_1' }
  open.trail.keep({ kind: 'reuse_detected', ...whose })
  open.trail.keep({ kind: 'reuse_detected', ...whose })
  open.trail.keep({ kind: 'refreshed', by: 'rotation', ...whose })
  expect((await open.kept()).map(({ kind, uid, grantId }) => [kind, uid, grantId])).toEqual([
    ['reuse_detected', 6, 'gr_1'],
    ['reuse_detected', 6, 'gr_1'],
  ])
})

test('what was counted is written before the end', async () => {
  await using open = await openTrail()
  open.trail.keep(refused)
  open.trail.keep(refused)
  open.trail.writeCounted(true)
  expect((await open.kept()).map(({ detail }) => detail.times)).toEqual(expect.arrayContaining([undefined, 1]))
})
