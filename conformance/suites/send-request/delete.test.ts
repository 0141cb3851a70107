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

describe('DELETE /api/send_request', () => {
  test('answers {"deleted_id": n}, and the record is gone', async () => {
    const id = await scratch.partner()
    const answer = await records.remove('res.partner', id)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ deleted_id: id })
    expectRefused(await records.read('res.partner', { id, fields: ['id'] }), { status: 404 })
  })

  test('a second time is 404', async () => {
    const id = await scratch.partner()
    await records.remove('res.partner', id)
    expectRefused(await records.remove('res.partner', id), { status: 404 })
  })

  test('of one record leaves the others', async () => {
    const [gone, kept] = [await scratch.partner({ name: 'gone' }), await scratch.partner({ name: 'kept' })]
    await records.remove('res.partner', gone)
    expect(await records.one('res.partner', kept, ['id'])).toEqual({ id: kept })
  })
})

describe('a DELETE that cannot be', () => {
  test.each([
    ['no id', { model: 'res.partner' }, 400],
    ['an id that is no number', { model: 'res.partner', id: 'all' }, 400],
    ['a list of ids', { model: 'res.partner', id: '1,2' }, 400],
    ['no model', { id: 1 }, 400],
    ['an unexposed model', { model: 'res.groups', id: 1 }, 403],
  ])('is refused: %s', async (_name, query, status) => {
    const headers = { Authorization: `Bearer ${await session.bearer()}` }
    expectRefused(await call(target.url, { method: 'DELETE', path: '/api/send_request', query, headers }), { status })
  })
})
