import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const PATH = '/api/send_request'
let session: Session
let records: Records
let scratch: Scratch

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
  records = recordsOf(session)
  scratch = openScratch(records)
})
afterAll(() => scratch.clean())

describe('GET /api/send_request with a query that cannot be: 400', () => {
  test.each<[string, Record<string, string>]>([
    ['no model', { fields: '["name"]' }],
    ['an empty model', { model: '', fields: '["name"]' }],
    ['no fields', { model: 'res.partner' }],
    ['empty fields', { model: 'res.partner', fields: '' }],
    ['fields that are no JSON', { model: 'res.partner', fields: '["name"' }],
    ['fields that are text', { model: 'res.partner', fields: '"name"' }],
    ['fields that are a map', { model: 'res.partner', fields: '{"name":1}' }],
    ['fields that are numbers', { model: 'res.partner', fields: '[1,2]' }],
    ['an unknown field', { model: 'res.partner', fields: '["name","nope"]' }],
    ['a domain that is no list', { model: 'res.partner', fields: '["name"]', domain: '{"name":"a"}' }],
    ['a domain that is cut off', { model: 'res.partner', fields: '["name"]', domain: '[["name","=","a"' }],
  ])('%s', async (_name, query) => {
    const headers = { Authorization: `Bearer ${await session.bearer()}` }
    expectRefused(await call(target.url, { path: PATH, query, headers }), { status: 400 })
  })
})

describe('/api/send_request without a good token: 401, and nothing is done', () => {
  test.each(['GET', 'POST', 'PUT', 'DELETE'])('%s', async (method) => {
    const id = await scratch.partner({ phone: 'before' })
    for (const headers of [{}, { Authorization: 'Bearer x.y.z' }]) {
      const answer = await call(target.url, {
        method,
        path: PATH,
        query: { model: 'res.partner', id, fields: '["name"]' },
        headers,
        json: method === 'POST' || method === 'PUT' ? { values: { name: `${scratch.marker} stolen` } } : undefined,
      })
      expectRefused(answer, { status: 401 })
    }
    expect(await records.one('res.partner', id, ['name', 'phone'])).toEqual({
      id,
      name: scratch.marker,
      phone: 'before',
    })
    const stolen = [['name', '=', `${scratch.marker} stolen`]]
    expect(await records.list('res.partner', { fields: ['id'], domain: stolen })).toEqual([])
  })
})

describe('/api/send_request with a method that it does not have', () => {
  test.each(['PATCH'])('%s: 405 that names the four in Allow', async (method) => {
    const id = await scratch.partner({ phone: 'before' })
    const answer = await call(target.url, {
      method,
      path: PATH,
      query: { model: 'res.partner', id },
      headers: { Authorization: `Bearer ${await session.bearer()}` },
      json: { values: { phone: 'after' } },
    })
    expectRefused(answer, { status: 405 })
    for (const known of ['GET', 'POST', 'PUT', 'DELETE']) expect(answer.headers.allow).toContain(known)
    expect(await records.one('res.partner', id, ['phone'])).toEqual({ id, phone: 'before' })
  })
})
