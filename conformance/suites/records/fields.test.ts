import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberAt, objectAt } from '../../harness/json-reading.ts'
import { openScratch, type ReadQuery, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused, expectSameRefusal } from '../../harness/refusal.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records
let scratch: Scratch

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

/** Places of a read in which a field can be named. */
const PLACES: [string, (field: string) => ReadQuery][] = [
  ['fields', (field) => ({ fields: ['id', field] })],
  ['domain', (field) => ({ fields: ['id'], domain: [[field, '!=', false]] })],
  ['order', (field) => ({ fields: ['id'], order: `${field} desc` })],
]

describe('a field that may not be read: 400 that names it, like one that does not exist', () => {
  // Of res.users, the API exposes id, name and login only.
  test.each(PLACES)('in %s', async (_name, place) => {
    for (const field of ['email', 'active', 'password', 'partner_id']) {
      const answer = await records.read('res.users', place(field))
      expectRefused(answer, { status: 400 })
      expect(answer.text).toContain(field)
      expectSameRefusal(answer, field, await records.read('res.users', place('no_such_field')), 'no_such_field')
    }
  })

  test('a field that Odoo keeps for administrators is unknown to the others', async () => {
    const id = await scratch.partner()
    for (const [, place] of PLACES) {
      const hidden = await records.read('res.partner', place('signup_type'))
      expectRefused(hidden, { status: 400 })
      const unknown = await records.read('res.partner', place('no_such_field'))
      expectSameRefusal(hidden, 'signup_type', unknown, 'no_such_field')
    }
    expectRefused(await records.update('res.partner', id, { values: { signup_type: 'signup' } }), { status: 400 })
  })

  test.each(['', ' ', '*', 'name,email', 'name as x', '__class__', 'id; select 1', 'NAME', 'name ', 'child_ids.name'])(
    'what is no field at all: "%s"',
    async (field) => {
      expectRefused(await records.read('res.partner', { fields: [field] }), { status: 400 })
    },
  )
})

// skip: needs the APIs of harness/settings.ts; set GATEHOUSE_TEST_SETTINGS=1 where a given gateway has them.
describe.skipIf(!target.hasExtraApis)('an API that shows few fields', () => {
  let narrow: Records

  beforeAll(async () => {
    narrow = recordsOf(await signIn(target.url, target.users.demo, { api: 'narrow' }))
  })

  test('answers the fields that it shows', async () => {
    const id = await scratch.partner({ email: 'narrow@example.com' })
    const record = await narrow.one('res.partner', id, ['name', 'email'])
    expect(record).toEqual({ id, name: scratch.marker, email: 'narrow@example.com' })
  })

  test.each(PLACES)('refuses the others in %s', async (_name, place) => {
    expectRefused(await narrow.read('res.partner', place('function')), { status: 400 })
    expect((await records.read('res.partner', place('function'))).status).toBe(200)
  })

  test.each([
    ['a field that may be read and not written', { phone: '1' }],
    ['a field that may be neither', { function: 'x' }],
    ['both beside one that may be written', { email: 'changed@example.com', phone: '1' }],
  ])('writes nothing with %s', async (_name, values) => {
    const id = await scratch.partner({ email: 'before@example.com' })
    expectRefused(await narrow.update('res.partner', id, { values }), { status: [400, 403] })
    expectRefused(await narrow.create('res.partner', { values: { name: `${scratch.marker} no`, ...values } }), {
      status: [400, 403],
    })
    const fields = ['email', 'phone', 'function']
    expect(await records.one('res.partner', id, fields)).toEqual({
      id,
      email: 'before@example.com',
      phone: false,
      function: false,
    })
    const domain = [['name', '=', `${scratch.marker} no`]]
    expect(await records.list('res.partner', { fields: ['id'], domain })).toEqual([])
  })

  test('answers a write with id, display_name, its default fields and the written ones, and no more', async () => {
    const answer = await narrow.create('res.partner', { values: { name: `${scratch.marker} made` } })
    const id = numberAt(answer.json, 'id')
    expect(objectAt(answer.json, 'record')).toEqual({
      id,
      display_name: `${scratch.marker} made`,
      email: false,
      name: `${scratch.marker} made`,
    })
    await records.remove('res.partner', id)
  })

  test('expands only what the model behind shows', async () => {
    const belgiumId = await records.idOf('res.country', [['code', '=', 'BE']])
    const id = await scratch.partner({ country_id: belgiumId })
    const read = (field: string) =>
      narrow.read('res.partner', { id, fields: ['name'], expand: { country_id: [field] } })
    expect((await read('name')).json).toMatchObject({ record: { country_id: { id: belgiumId, name: 'Belgium' } } })
    expectRefused(await read('code'), { status: 400 })
  })
})
