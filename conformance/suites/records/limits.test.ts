import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/http-call.ts'
import { listAt, numberAt } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records
let scratch: Scratch

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

describe('limit', () => {
  // A real Odoo has more than 500 states of countries; the sandbox need not.
  const expectedLength = (limit: number, answer: Answer) => Math.min(limit, numberAt(answer.json, 'total'))

  test.each([501, 1_000, 100_000])('above 500 is capped, and the answer says so: %i', async (limit) => {
    const answer = await records.read('res.country.state', { fields: ['id'], limit })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-limit-capped']).toBe('500')
    expect(answer.json).toMatchObject({ limit: 500, page: 1 })
    expect(listAt(answer.json, 'records')).toHaveLength(expectedLength(500, answer))
  })

  test.each([1, 499, 500])('up to 500 is kept, and nothing is said: %i', async (limit) => {
    const answer = await records.read('res.country.state', { fields: ['id'], limit })
    expect(answer.headers).not.toHaveProperty('x-limit-capped')
    expect(answer.json).toMatchObject({ limit })
    expect(listAt(answer.json, 'records')).toHaveLength(expectedLength(limit, answer))
  })

  test.each(['0', '-1', 'abc', '1.5', '1e2', 'null', '[1]', ' 1', '99999999999999999999999'])(
    'that cannot be is 400: %s',
    async (limit) => {
      expectRefused(await records.read('res.country', { fields: ['id'], limit }), { status: 400 })
    },
  )

  // skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
  test.skipIf(!target.hasExtraApis)('is capped by the API of the grant (narrow: 5)', async () => {
    for (let n = 0; n < 6; n += 1) await scratch.partner({ name: n })
    const narrow = recordsOf(await signIn(target.url, target.users.demo, { api: 'narrow' }))
    const query = { fields: ['name'], domain: [['name', 'like', scratch.marker]] }
    for (const limit of [6, 500]) {
      const capped = await narrow.read('res.partner', { ...query, limit })
      expect(capped.headers['x-limit-capped']).toBe('5')
      expect(capped.json).toMatchObject({ page: 1, limit: 5, total: 6, pages: 2 })
      expect(listAt(capped.json, 'records')).toHaveLength(5)
    }
    // The limit of 20 that holds where nothing is said is capped too.
    expect(await narrow.list('res.partner', query)).toHaveLength(5)
    expect(await narrow.list('res.partner', { ...query, limit: 5, offset: 2 })).toHaveLength(1)
  })
})

describe('offset, the page', () => {
  test.each(['0', '-1', 'abc', '1.5', '', 'null', '99999999999999999999999'])(
    'that cannot be is 400: "%s"',
    async (offset) => {
      expectRefused(await records.read('res.country', { fields: ['id'], offset }), { status: 400 })
    },
  )
})

describe('depth and size of a body', () => {
  test('JSON of 65 levels is 400, and nothing is written', async () => {
    const id = await scratch.partner({ phone: 'before' })
    const answer = await records.update('res.partner', id, { values: { phone: 'after', comment: nested(63) } })
    expectRefused(answer, { status: 400 })
    expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
  })

  test('a value of 900 KB is taken', async () => {
    const id = await scratch.partner()
    // A field without an index: PostgreSQL would refuse a value of that size in one that has it.
    const street = 'x'.repeat(900 * 1024)
    expect((await records.update('res.partner', id, { values: { street }, fields: ['id'] })).status).toBe(200)
    expect((await records.one('res.partner', id, ['street'])).street).toHaveLength(street.length)
  })

  test('a body above 1 MiB is 413, and nothing is written', async () => {
    const id = await scratch.partner({ phone: 'before' })
    const answer = await records.update('res.partner', id, { values: { phone: 'after', ref: 'x'.repeat(2 ** 20) } })
    expectRefused(answer, { status: 413 })
    expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
  })
})

/** Lists in lists, that many deep. */
function nested(depth: number): unknown {
  return depth === 0 ? [] : [nested(depth - 1)]
}
