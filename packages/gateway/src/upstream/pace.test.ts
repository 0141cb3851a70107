import { describe, expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { Pace, type PaceLimits, paceTowards } from './pace.ts'

/** A pace whose time the test moves, and who has gone so far. */
function paced(limits: PaceLimits) {
  const clock = createManualClock()
  const timers: { atMs: number; call: () => void }[] = []
  const after = (ms: number, call: () => void) => void timers.push({ atMs: clock.nowMs() + ms, call })
  const pace = new Pace(limits, { clock, after })
  const gone: string[] = []
  const refused: number[] = []
  const call = (caller: string) =>
    pace
      .turn(caller, (seconds) => new RangeError(String(seconds)))
      .then(
        () => void gone.push(caller),
        (error: Error) => void refused.push(Number(error.message)),
      )
  async function pass(seconds: number) {
    for (let ms = 0; ms < seconds * 1000; ms += 100) {
      clock.advanceMs(100)
      const due = timers.filter(({ atMs }) => atMs <= clock.nowMs())
      for (const timer of due) {
        timers.splice(timers.indexOf(timer), 1)
        timer.call()
      }
    }
    // Whoever was let go has gone by the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { call, pass, gone, refused }
}

describe('a pace', () => {
  test('lets a burst go at once, then one after the other', async () => {
    const { call, pass, gone } = paced({ perSecond: 1, burst: 3 })
    for (let i = 0; i < 6; i++) void call('one')
    await pass(0)
    expect(gone).toHaveLength(3)
    await pass(2)
    expect(gone).toHaveLength(5)
    await pass(1)
    expect(gone).toHaveLength(6)
  })

  test('gathers its burst again in a pause, and no more than that', async () => {
    const { call, pass, gone } = paced({ perSecond: 1, burst: 3 })
    for (let i = 0; i < 3; i++) void call('one')
    await pass(60)
    for (let i = 0; i < 5; i++) void call('one')
    await pass(0)
    expect(gone).toHaveLength(6)
  })

  test('gives callers turns: who sends many holds up nobody else', async () => {
    const { call, pass, gone } = paced({ perSecond: 1, burst: 1 })
    for (let i = 0; i < 5; i++) void call('many')
    void call('few')
    await pass(2)
    expect(gone).toEqual(['many', 'many', 'few'])
  })

  test('refuses who would wait too long, and tells when there will be room', async () => {
    const { call, pass, gone, refused } = paced({ perSecond: 1, burst: 1 })
    for (let i = 0; i < 40; i++) void call('many')
    await pass(0)
    expect({ gone: gone.length, refused: refused.length }).toEqual({ gone: 1, refused: 24 })
    expect(refused[0]).toBe(15)
    void call('few')
    await pass(2)
    expect(gone).toContain('few')
  })
})

describe('the pace towards a server', () => {
  test.each([
    ['https://acme.odoo.com', undefined, { perSecond: 1, burst: 10 }],
    ['https://acme.odoo.com', 'off', undefined],
    ['https://acme.odoo.com', { perSecond: 5, burst: 5 }, { perSecond: 5, burst: 5 }],
    ['https://odoo.example.com', undefined, undefined],
    ['https://notodoo.com', undefined, undefined],
    ['http://odoo.com.example.net', undefined, undefined],
    ['http://127.0.0.1:8069', { perSecond: 2, burst: 3 }, { perSecond: 2, burst: 3 }],
  ] as const)('of %s, set to %j', (url, set, pace) => {
    expect(paceTowards(url, set)).toEqual(pace)
  })
})
