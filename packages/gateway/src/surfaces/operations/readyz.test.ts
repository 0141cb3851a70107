import { describe, expect, test } from 'vitest'
import type { Call, Route } from '../../http/route.ts'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { readyz } from './readyz.ts'

const holds = async () => {}
const fails = async () => {
  throw new Error('no connection to db.internal:5432')
}

async function ask(readiness: Route) {
  if (readiness.needs !== 'nothing') throw new TypeError('readyz needs no credential')
  // The handler looks at nothing of the call.
  return readiness.handle({} as Call)
}

describe('GET /readyz', () => {
  test.each([
    { name: 'both answer', store: holds, odoo: holds, status: 200, body: { status: 'ready', store: true, odoo: true } },
    {
      name: 'no Odoo',
      store: holds,
      odoo: fails,
      status: 503,
      body: { status: 'not ready', store: true, odoo: false },
    },
    {
      name: 'no store',
      store: fails,
      odoo: holds,
      status: 503,
      body: { status: 'not ready', store: false, odoo: true },
    },
  ])('$name: $status, and not a word on why', async ({ store, odoo, status, body }) => {
    expect(await ask(readyz({ store, odoo }, createManualClock()))).toEqual({ status, body })
  })

  test('Odoo is asked at most once a second, however many ask', async () => {
    const clock = createManualClock()
    let asked = 0
    const odoo = async () => {
      asked++
    }
    const readiness = readyz({ store: holds, odoo }, clock)
    await Promise.all([ask(readiness), ask(readiness)])
    clock.advanceMs(999)
    await ask(readiness)
    expect(asked).toBe(1)
    clock.advanceMs(1)
    await ask(readiness)
    expect(asked).toBe(2)
  })
})
