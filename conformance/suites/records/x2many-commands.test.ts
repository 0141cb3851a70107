import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const tagsOf = async (id: number) => listAt(await records.one('res.partner', id, ['category_id']), 'category_id')
const childrenOf = (id: number) =>
  records.list('res.partner', { fields: ['name', 'phone'], domain: [['parent_id', '=', id]], order: 'id' })

describe('commands of a many2many', () => {
  test('4 links, 3 unlinks, 6 sets, 5 empties', async () => {
    const [one, two] = [
      await scratch.make('res.partner.category', { name: 1 }),
      await scratch.make('res.partner.category', { name: 2 }),
    ]
    const id = await scratch.partner({ category_id: [[4, one]] })
    expect(await tagsOf(id)).toEqual([one])
    await write(id, { category_id: [[4, two, 0]] })
    expect([...(await tagsOf(id))].sort()).toEqual([one, two].sort())
    await write(id, { category_id: [[3, one]] })
    expect(await tagsOf(id)).toEqual([two])
    await write(id, { category_id: [[6, 0, [one]]] })
    expect(await tagsOf(id)).toEqual([one])
    await write(id, { category_id: [[5]] })
    expect(await tagsOf(id)).toEqual([])
    expect((await records.read('res.partner.category', { id: one, fields: ['id'] })).status).toBe(200)
  })

  test('0 makes, 1 changes, 2 deletes', async () => {
    const id = await scratch.partner()
    await write(id, { category_id: [[0, 0, { name: `${scratch.marker} made` }]] })
    const [tag] = await tagsOf(id)
    if (typeof tag !== 'number') throw new Error('no tag was made')
    await write(id, { category_id: [[1, tag, { name: `${scratch.marker} changed` }]] })
    expect(await records.one('res.partner.category', tag, ['name'])).toEqual({
      id: tag,
      name: `${scratch.marker} changed`,
    })
    await write(id, { category_id: [[2, tag]] })
    expectRefused(await records.read('res.partner.category', { id: tag, fields: ['id'] }), { status: 404 })
  })
})

describe('commands of a one2many', () => {
  test('0 makes, 1 changes, 2 deletes; values may hold commands in turn', async () => {
    const id = await scratch.partner({
      is_company: true,
      child_ids: [
        [0, 0, { name: `${scratch.marker} a`, phone: '1', category_id: [[0, 0, { name: `${scratch.marker} inner` }]] }],
        [0, 0, { name: `${scratch.marker} b` }],
      ],
    })
    const [a, b] = await childrenOf(id)
    const [tag] = await tagsOf(numberAt(a, 'id'))
    expect(await records.one('res.partner.category', Number(tag), ['name'])).toMatchObject({
      name: `${scratch.marker} inner`,
    })
    const commands = [
      [1, numberAt(a, 'id'), { phone: '2' }],
      [2, numberAt(b, 'id')],
    ]
    await write(id, { child_ids: commands })
    expect(await childrenOf(id)).toEqual([{ id: numberAt(a, 'id'), name: `${scratch.marker} a`, phone: '2' }])
    await records.remove('res.partner', numberAt(a, 'id'))
    await records.remove('res.partner.category', Number(tag))
  })

  test('4 links', async () => {
    const [id, child] = [await scratch.partner({ is_company: true }), await scratch.partner({ name: 'child' })]
    await write(id, { child_ids: [[4, child]] })
    expect(await childrenOf(id)).toMatchObject([{ id: child }])
  })
})

describe('commands that cannot be: 400, and nothing is written', () => {
  test.each<[string, unknown]>([
    ['an unknown number', [[9, 0, 0]]],
    ['a negative number', [[-1, 0, 0]]],
    ['text for a number', [['0', 0, {}]]],
    ['a command that is no list', [{ 0: 0 }]],
    ['an empty command', [[]]],
    ['text', 'abc'],
    ['a number', 5],
    ['an object', { id: 1 }],
    ['0 without values', [[0, 0]]],
    ['0 with values that are a list', [[0, 0, []]]],
    ['0 with an unknown field', [[0, 0, { name: 'x', no_such_field: 1 }]]],
    ['1 without an id', [[1, 0, { name: 'x' }]]],
    ['4 with text', [[4, 'all']]],
    ['6 with no list', [[6, 0, 5]]],
    ['6 with text in the list', [[6, 0, ['1']]]],
  ])('%s', async (_name, commands) => {
    const id = await scratch.partner({ phone: 'before' })
    for (const field of ['category_id', 'child_ids']) {
      const answer = await records.update('res.partner', id, { values: { phone: 'after', [field]: commands } })
      expectRefused(answer, { status: 400 })
    }
    const fields = ['phone', 'category_id', 'child_ids']
    expect(await records.one('res.partner', id, fields)).toEqual({
      id,
      phone: 'before',
      category_id: [],
      child_ids: [],
    })
  })
})

async function write(id: number, values: object): Promise<void> {
  const answer = await records.update('res.partner', id, { values })
  expect(answer.status, answer.text).toBe(200)
}
