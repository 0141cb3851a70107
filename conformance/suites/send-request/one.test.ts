import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAt, numberAt, objectAt } from '../../harness/json-reading.ts'
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

describe('GET /api/send_request with id', () => {
  test('answers {"record": {…}} with the fields that were asked for', async () => {
    const id = await scratch.partner({ email: 'one@example.com' })
    const answer = await records.read('res.partner', { id, fields: ['name', 'email'] })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ record: { id, name: scratch.marker, email: 'one@example.com' } })
  })

  test('finds an archived record: the id is explicit', async () => {
    const id = await scratch.partner({ active: false })
    expect((await records.read('res.partner', { id, fields: ['active'] })).json).toEqual({
      record: { id, active: false },
    })
  })

  test('expands like a list does', async () => {
    const id = await scratch.partner({ category_id: [[0, 0, { name: `${scratch.marker} tag` }]] })
    const answer = await records.read('res.partner', { id, fields: ['name'], expand: { category_id: ['name'] } })
    const [tag] = listAt(objectAt(answer.json, 'record'), 'category_id')
    expect(tag).toEqual({ id: expect.any(Number), name: `${scratch.marker} tag` })
    await records.remove('res.partner.category', numberAt(tag, 'id'))
  })

  test('sends a binary field when it is asked for, and only then', async () => {
    const id = await scratch.partner()
    const asked = await records.one('res.partner', id, ['image_1920'])
    expect(asked).toEqual({ id, image_1920: false })
  })

  test('answers 404 for a record that is not there', async () => {
    expectRefused(await records.read('res.partner', { id: 999_999_999, fields: ['name'] }), { status: 404 })
  })

  test('answers 404 for a record that was deleted', async () => {
    const id = await scratch.partner()
    expect((await records.remove('res.partner', id)).status).toBe(200)
    expectRefused(await records.read('res.partner', { id, fields: ['name'] }), { status: 404 })
  })

  test.each(['abc', '0', '-1', '1.5', '[1]', 'true', '1e3', '99999999999999999999'])(
    'refuses the id %s',
    async (id) => {
      expectRefused(await records.read('res.partner', { id, fields: ['name'] }), { status: [400, 404] })
    },
  )
})
