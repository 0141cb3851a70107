import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Observation } from '../../kernel/observation.ts'
import { systemRandom } from '../../kernel/random.ts'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { listAuditEvents } from '../../store/audit-events.ts'
import { openTemporaryStore } from '../../store/testing/temporary-store.ts'
import { createBackground } from '../background.ts'
import { createAuditTrail } from './audit-trail.ts'
import { observer } from './observe.ts'

const OBSERVATIONS: readonly Observation[] = [
  {
    ...{ kind: 'signed_in', database: 'demo', uid: 6, login: 'demo', grantId: 'gr_1', api: 'default' },
    ...{ surface: 'odoo-jwt', address: '203.0.113.9', requestId: 'req_1' },
  },
  { kind: 'sign_in_misdirected', address: '203.0.113.9', requestId: 'req_2' },
  { kind: 'throttled', limit: 'address', address: '203.0.113.9', requestId: 'req_3' },
  { kind: 'grant_ended', database: 'demo', uid: 6, grantId: 'gr_1', reason: 'logged_out' },
  { kind: 'upstream_slow', database: 'demo', call: 'records', durationMs: 12_000 },
]

/** What a request or an answer would bring along, were one spread into an observation by mistake. */
const CANARY = 'canary-0b9f1c'
const PASSED_ALONG = {
  headers: { cookie: `session_id=${CANARY}`, authorization: `Bearer ${CANARY}` },
  cookie: `session_id=${CANARY}`,
  body: { password: CANARY, values: [{ name: CANARY }] },
  query: `?token=${CANARY}`,
  password: CANARY,
  cause: new Error(CANARY),
  toJSON: () => ({ password: CANARY }),
}

test.each(OBSERVATIONS)(
  '$kind brings nothing into log and audit trail that is not of its kind',
  async (observation) => {
    await using temporary = await openTemporaryStore()
    const background = createBackground(1, (error) => {
      throw error
    })
    const clock = createManualClock()
    const audit = createAuditTrail({ store: temporary.store, background, clock, random: systemRandom })
    const written: string[] = []
    const sink = new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk))
        done()
      },
    })
    const observe = observer({ log: pino({ level: 'debug' }, sink), audit, metrics: { observe: () => undefined } })

    // Twice, so that what is counted is there, too.
    for (const _ of [1, 2]) observe({ ...observation, ...PASSED_ALONG })
    audit.writeCounted(true)
    await background.settle(5_000)

    const { kind, ...members } = observation
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ ...members, msg: kind })
    expect(written.join('')).not.toContain(CANARY)
    expect(JSON.stringify(await listAuditEvents(temporary.store.db, 100))).not.toContain(CANARY)
  },
)

test('an object in the place of a text is not kept either', async () => {
  const logged: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  const nowhere = { keep: () => undefined, writeCounted: () => undefined }
  const observe = observer({ log: pino({}, sink), audit: nowhere, metrics: { observe: () => undefined } })
  const login: unknown = { toString: () => CANARY, password: CANARY }
  // What a mistake of ours would be: the types forbid it.
  observe({ ...OBSERVATIONS[0], login } as Observation)
  expect(logged.join('')).toContain('signed_in')
  expect(logged.join('')).not.toContain(CANARY)
})
