import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session
let records: Records
let scratch: Scratch

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
  records = recordsOf(session)
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

describe('PUT /api/send_request', () => {
  test('answers 200 with the id and the record as it is now', async () => {
    const id = await scratch.partner()
    const answer = await records.update('res.partner', id, {
      values: { email: 'put@example.com' },
      fields: ['name', 'email'],
    })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ id, record: { id, name: scratch.marker, email: 'put@example.com' } })
    expect(await records.one('res.partner', id, ['email'])).toEqual({ id, email: 'put@example.com' })
  })

  test('answers id, display_name and the written fields where no fields are asked for', async () => {
    const id = await scratch.partner()
    const answer = await records.update('res.partner', id, { values: { phone: '123' } })
    expect(answer.json).toMatchObject({ id, record: { id, display_name: scratch.marker, phone: '123' } })
  })

  test('writes the given fields and leaves the others', async () => {
    const id = await scratch.partner({ email: 'kept@example.com', phone: '1' })
    await records.update('res.partner', id, { values: { phone: '2' } })
    expect(await records.one('res.partner', id, ['email', 'phone'])).toEqual({
      id,
      email: 'kept@example.com',
      phone: '2',
    })
  })

  test('empties a field with false', async () => {
    const id = await scratch.partner({ phone: '1' })
    const answer = await records.update('res.partner', id, { values: { phone: false }, fields: ['phone'] })
    expect(answer.json).toEqual({ id, record: { id, phone: false } })
  })
})

describe('a PUT that cannot be', () => {
  test.each<[string, object, number]>([
    ['no values', {}, 400],
    ['values that are a list', { values: [1] }, 400],
    ['an unknown field in values', { values: { phone: 'changed', nope: 1 } }, 400],
    ['an unknown field in fields', { values: { phone: 'changed' }, fields: ['nope'] }, 400],
    ['an unknown relation in expand', { values: { phone: 'changed' }, expand: { nope: ['id'] } }, 400],
  ])('is refused and writes nothing: %s', async (_name, body, status) => {
    const id = await scratch.partner({ phone: 'before' })
    expectRefused(await records.update('res.partner', id, body), { status })
    expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
  })

  test('is 404 for a record that is not there', async () => {
    expectRefused(await records.update('res.partner', 999_999_999, { values: { phone: '1' } }), { status: 404 })
  })

  test('is 400 without an id, and writes nothing', async () => {
    const id = await scratch.partner({ phone: 'before' })
    const answer = await call(target.url, {
      method: 'PUT',
      path: '/api/send_request',
      query: { model: 'res.partner' },
      headers: { Authorization: `Bearer ${await session.bearer()}` },
      json: { values: { phone: 'changed' }, id },
    })
    expectRefused(answer, { status: 400 })
    expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
  })
})
