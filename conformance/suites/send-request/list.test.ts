import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { listAt, objectOf } from '../../harness/json-reading.ts'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records
let scratch: Scratch
let parentId: number
let childId: number

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
  parentId = await scratch.partner({ name: 'House', is_company: true, email: 'house@example.com' })
  childId = await scratch.partner({ name: 'Kim', parent_id: parentId })
})
afterAll(() => scratch.clean())

const mine = () => [['name', 'like', scratch.marker]]

describe('GET /api/send_request, a list', () => {
  test('answers records, page, limit, total and pages', async () => {
    const answer = await records.read('res.partner', { fields: ['name'], domain: mine() })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/)
    const body = objectOf(answer.json)
    expect(Object.keys(body).sort()).toEqual(['limit', 'page', 'pages', 'records', 'total'])
    expect(body).toMatchObject({ page: 1, limit: 20, total: 2, pages: 1 })
    expect(answer.headers['x-total-count']).toBe('2')
  })

  test('answers each record with its id and the fields that were asked for', async () => {
    const list = await records.list('res.partner', { fields: ['name', 'email'], domain: mine(), order: 'id' })
    expect(list).toEqual([
      { id: parentId, name: `${scratch.marker} House`, email: 'house@example.com' },
      { id: childId, name: `${scratch.marker} Kim`, email: false },
    ])
  })

  test("keeps Odoo's forms: [id, name] of a many2one, false, ids of an x2many", async () => {
    const fields = ['parent_id', 'child_ids', 'phone', 'is_company']
    const list = await records.list('res.partner', { fields, domain: mine(), order: 'id' })
    expect(list).toEqual([
      { id: parentId, parent_id: false, child_ids: [childId], phone: false, is_company: true },
      {
        id: childId,
        parent_id: [parentId, expect.stringContaining(scratch.marker)],
        child_ids: [],
        phone: false,
        is_company: false,
      },
    ])
  })

  test('answers an empty list with 200', async () => {
    const answer = await records.read('res.partner', { fields: ['name'], domain: [['name', '=', 'no such name']] })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ records: [], total: 0 })
    expect(answer.headers['x-total-count']).toBe('0')
  })

  test('shows no archived records unless the domain asks for them', async () => {
    const id = await scratch.partner({ name: 'Archived', active: false })
    const seen = (domain: unknown[]) => records.list('res.partner', { fields: ['id'], domain })
    expect(await seen([['id', '=', id]])).toEqual([])
    expect(
      await seen([
        ['id', '=', id],
        ['active', '=', false],
      ]),
    ).toEqual([{ id }])
  })

  test('needs no domain', async () => {
    const answer = await records.read('res.country', { fields: ['code'], limit: 3 })
    expect(answer.status).toBe(200)
    expect(listAt(answer.json, 'records')).toHaveLength(3)
  })

  test('takes the token in every position that a protected call has', async () => {
    const { token } = await signIn(target.url, target.users.demo)
    const query = { model: 'res.country', fields: '["code"]', limit: 1 }
    for (const headers of [{ Authorization: token }, { access_token: token }, { 'access-token': token }]) {
      expect((await call(target.url, { path: '/api/send_request', query, headers })).status).toBe(200)
    }
  })
})
