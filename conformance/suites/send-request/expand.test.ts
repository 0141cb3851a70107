import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectAt } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records
let scratch: Scratch
let parentId: number
let childIds: number[]
let belgiumId: number

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
  belgiumId = await records.idOf('res.country', [['code', '=', 'BE']])
  parentId = await scratch.partner({ name: 'Parent', is_company: true, country_id: belgiumId })
  childIds = [
    await scratch.partner({ name: 'A', parent_id: parentId, email: 'a@example.com' }),
    await scratch.partner({ name: 'B', parent_id: parentId }),
  ]
})
afterAll(() => scratch.clean())

describe('expand', () => {
  test('makes a many2one an object with the asked fields and id', async () => {
    expect(await expanded(parentId, { country_id: ['code', 'name'] })).toEqual({
      id: parentId,
      country_id: { id: belgiumId, code: 'BE', name: 'Belgium' },
    })
  })

  test('makes an x2many a list of such objects', async () => {
    const { child_ids } = await expanded(parentId, { child_ids: ['email'] })
    expect(child_ids).toHaveLength(2)
    expect(child_ids).toEqual(
      expect.arrayContaining([
        { id: childIds[0], email: 'a@example.com' },
        { id: childIds[1], email: false },
      ]),
    )
  })

  test('leaves an unset many2one false and an empty x2many an empty list', async () => {
    const record = await expanded(childIds[0], { child_ids: ['name'], user_id: ['name'] })
    expect(record).toEqual({ id: childIds[0], child_ids: [], user_id: false })
  })

  test('works for a relation that is also in fields', async () => {
    const answer = await records.read('res.partner', {
      id: parentId,
      fields: ['name', 'country_id'],
      expand: { country_id: ['code'] },
    })
    expect(answer.json).toMatchObject({ record: { country_id: { id: belgiumId, code: 'BE' } } })
  })

  test('takes several relations, on every record of a list', async () => {
    const list = await records.list('res.partner', {
      fields: ['name'],
      domain: [['parent_id', '=', parentId]],
      expand: { parent_id: ['is_company'], category_id: ['name'] },
      order: 'id',
    })
    expect(list).toEqual(
      childIds.map((id) => ({
        id,
        name: expect.stringContaining(scratch.marker),
        parent_id: { id: parentId, is_company: true },
        category_id: [],
      })),
    )
  })

  test("keeps Odoo's forms inside an expanded record", async () => {
    const record = await expanded(childIds[0], { parent_id: ['country_id', 'phone'] })
    expect(record.parent_id).toEqual({ id: parentId, country_id: [belgiumId, 'Belgium'], phone: false })
  })
})

describe('an expand that cannot be', () => {
  test.each<[string, object | string]>([
    ['a list', ['country_id']],
    ['text that is no JSON', '{country_id'],
    ['a number', '5'],
    ['null', 'null'],
    ['fields that are no list', { country_id: 'code' }],
    ['fields that are no text', { country_id: [5] }],
    ['an unknown field', { nope: ['name'] }],
    ['a field that is no relation', { email: ['name'] }],
    ['an unknown field of the relation', { country_id: ['nope'] }],
  ])('is refused with 400: %s', async (_name, expand) => {
    expectRefused(await records.read('res.partner', { id: parentId, fields: ['name'], expand }), { status: 400 })
  })
})

async function expanded(id: number | undefined, expand: object): Promise<Readonly<Record<string, unknown>>> {
  if (id === undefined) throw new Error('no record')
  const answer = await records.read('res.partner', { id, fields: ['id'], expand })
  expect(answer.status, answer.text).toBe(200)
  return objectAt(answer.json, 'record')
}
