import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberAt, textAt } from '../../harness/json-reading.ts'
import { openScratch, type ReadQuery, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const COUNT = 7
let records: Records
let scratch: Scratch
/** In the order in which they were made; all of one function, so that an order by it is a tie. */
const ids: number[] = []

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
  for (let n = 0; n < COUNT; n += 1) {
    ids.push(await scratch.partner({ name: `P${(n * 3) % COUNT}`, function: `tie ${scratch.marker}`, color: n % 2 }))
  }
})
afterAll(() => scratch.clean())

describe('pages of a list', () => {
  test.each([
    [1, [0, 1, 2]],
    [2, [3, 4, 5]],
    [3, [6]],
  ])('offset is the page, counted from 1: page %i', async (offset, expected) => {
    const answer = await page({ offset, limit: 3, order: 'id' })
    expect(answer.json).toEqual({
      records: expected.map((index) => ({ id: ids[index] })),
      page: offset,
      limit: 3,
      total: COUNT,
      pages: 3,
    })
    expect(answer.headers['x-total-count']).toBe(String(COUNT))
  })

  test('a page behind the last is empty and still tells the total', async () => {
    const answer = await page({ offset: 9, limit: 3 })
    expect(answer.json).toEqual({ records: [], page: 9, limit: 3, total: COUNT, pages: 3 })
    expect(answer.headers['x-total-count']).toBe(String(COUNT))
  })

  test('a limit that divides the total gives no page too many', async () => {
    expect((await page({ limit: COUNT })).json).toMatchObject({ total: COUNT, pages: 1 })
  })

  test('the limit is 20 and the page 1 where nothing is said', async () => {
    expect((await page({})).json).toMatchObject({ page: 1, limit: 20 })
  })
})

describe('the order of a list', () => {
  test('is what was asked for', async () => {
    const names = await namesBy('name')
    expect(names).toEqual([...names].sort())
    expect(await namesBy('name desc')).toEqual([...names].reverse())
  })

  test('ends with the id, so that ties keep their place on every page', async () => {
    for (const order of ['function', 'function asc', 'function desc']) {
      const seen: number[] = []
      for (const offset of [1, 2, 3, 4]) seen.push(...(await idsOf({ order, offset, limit: 2 })))
      expect(seen).toEqual(ids)
    }
  })

  test('takes several terms', async () => {
    const even = ids.filter((_id, index) => index % 2 === 0)
    const odd = ids.filter((_id, index) => index % 2 === 1)
    expect(await idsOf({ order: 'color desc, id desc' })).toEqual([...odd.reverse(), ...even.reverse()])
  })

  test('without one, walking the pages meets each record once', async () => {
    const seen: number[] = []
    for (const offset of [1, 2, 3, 4]) seen.push(...(await idsOf({ offset, limit: 2 })))
    expect(seen.sort((a, b) => a - b)).toEqual(ids)
  })

  test.each([
    'nope',
    'name; drop table res_partner',
    'name sideways',
    'name asc desc',
    'name,,id',
    '(select 1)',
    'name nulls',
  ])('that cannot be is refused: %s', async (order) => {
    expectRefused(await page({ order }), { status: 400 })
  })
})

function page(query: ReadQuery) {
  return records.read('res.partner', { fields: ['id'], domain: [['name', 'like', scratch.marker]], ...query })
}

async function idsOf(query: ReadQuery): Promise<number[]> {
  const list = await records.list('res.partner', {
    fields: ['id'],
    domain: [['name', 'like', scratch.marker]],
    ...query,
  })
  return list.map((record) => numberAt(record, 'id'))
}

async function namesBy(order: string): Promise<string[]> {
  const domain = [['name', 'like', scratch.marker]]
  const list = await records.list('res.partner', { fields: ['name'], domain, order })
  return list.map((record) => textAt(record, 'name'))
}
