import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { numberAt, objectAt } from '../../harness/json-reading.ts'
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

describe('POST /api/send_request', () => {
  test('answers 201 with the id and the record', async () => {
    const values = { name: `${scratch.marker} new`, email: 'new@example.com' }
    const answer = await records.create('res.partner', { values, fields: ['name', 'email'] })
    expect(answer.status).toBe(201)
    const id = numberAt(answer.json, 'id')
    expect(answer.json).toEqual({ id, record: { id, ...values } })
    expect(await records.one('res.partner', id, ['name', 'email'])).toEqual({ id, ...values })
    await records.remove('res.partner', id)
  })

  test('answers id, display_name and the written fields where no fields are asked for; nothing binary, no x2many', async () => {
    const values = { name: `${scratch.marker} plain`, phone: '+32 2 290 34 90' }
    const answer = await records.create('res.partner', { values })
    const record = objectAt(answer.json, 'record')
    expect(record).toMatchObject({ id: numberAt(answer.json, 'id'), display_name: values.name, ...values })
    for (const field of ['image_1920', 'child_ids', 'bank_ids']) expect(record).not.toHaveProperty(field)
    await records.remove('res.partner', numberAt(answer.json, 'id'))
  })

  test('expands the answer', async () => {
    const belgiumId = await records.idOf('res.country', [['code', '=', 'BE']])
    const values = { name: `${scratch.marker} be`, country_id: belgiumId }
    const answer = await records.create('res.partner', { values, fields: ['name'], expand: { country_id: ['code'] } })
    expect(objectAt(answer.json, 'record')).toMatchObject({ country_id: { id: belgiumId, code: 'BE' } })
    await records.remove('res.partner', numberAt(answer.json, 'id'))
  })

  test('runs as the signed-in user', async () => {
    const id = await scratch.partner()
    expect(await records.one('res.partner', id, ['create_uid'])).toEqual({
      id,
      create_uid: [session.userId, expect.any(String)],
    })
  })

  test('lets the last of a repeated member win', async () => {
    const [first, last] = [`${scratch.marker} first`, `${scratch.marker} last`]
    const answer = await call(target.url, {
      path: '/api/send_request?model=res.partner',
      headers: { Authorization: `Bearer ${await session.bearer()}`, 'Content-Type': 'application/json' },
      body: `{"values":{"name":"${first}","name":"${last}"},"fields":["name"]}`,
    })
    expect(answer.status).toBe(201)
    expect(objectAt(answer.json, 'record').name).toBe(last)
    await records.remove('res.partner', numberAt(answer.json, 'id'))
  })
})

describe('a POST that cannot be', () => {
  const named = () => ({ name: `${scratch.marker} refused` })
  const cases: [string, () => object][] = [
    ['no values', () => ({})],
    ['values that are a list', () => ({ values: [named()] })],
    ['values that are text', () => ({ values: 'name' })],
    ['values that are null', () => ({ values: null })],
    ['an unknown field in values', () => ({ values: { ...named(), nope: 1 } })],
    ['an unknown field in fields', () => ({ values: named(), fields: ['nope'] })],
    ['fields that are no list', () => ({ values: named(), fields: 5 })],
    ['fields that are no text', () => ({ values: named(), fields: [5] })],
    ['an unknown relation in expand', () => ({ values: named(), expand: { nope: ['name'] } })],
    ['an expand that is a list', () => ({ values: named(), expand: ['country_id'] })],
  ]

  test.each(cases)('is 400 and makes nothing: %s', async (_name, body) => {
    expectRefused(await records.create('res.partner', body()), { status: 400 })
    expect(await records.list('res.partner', { fields: ['id'], domain: [['name', '=', named().name]] })).toEqual([])
  })
})
