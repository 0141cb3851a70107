import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from '../../harness/http-call.ts'
import { listAt, numberAt, objectAt, textAt } from '../../harness/json-reading.ts'
import { openScratch, recordsOf, type Scratch } from '../../harness/records.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/**
 * The calls of the page of jwt_auth_api (references/jwt_auth_api.txt) as printed, with host, token and ids filled in.
 *
 * Mended:
 * - `{ "values": { … }, }` of POST and PUT: a comma before the closing brace is no JSON.
 * - `[email protected]`: the page's own protection against harvesters; an address is put there.
 * - `fields=["id","name", "company_id"]`: the blank must be `%20` in a URL. Brackets and quotes are sent raw, as printed.
 * - `expand={"bank_ids":["acc_number","email"]}`: a bank account of Odoo has no field `email`.
 * - The browser's answer of /api/login shows `"refreshToken": "REFRESH_TOKEN",`, again with a comma too many; Gatehouse
 *   keeps that token from script unless `showRefreshTokenToBrowsers` is set.
 * - Calls 3 and 4 show no body: `{}` is sent, and the refresh token in the header that odoo_jwt names.
 */
describe('the calls of the page of jwt_auth_api', () => {
  let session: Session
  let scratch: Scratch
  let partnerId: number

  beforeAll(async () => {
    session = await signIn(target.url, target.users.admin, { path: '/api/login' })
    scratch = openScratch(recordsOf(session))
    partnerId = await scratch.partner({ email: 'before@example.com' })
  })
  afterAll(() => scratch.clean())

  test('1 to 4: sign in, renew, rotate, log out', async () => {
    const { login, password } = target.users.admin
    const signedIn = await send('POST', '/api/login', undefined, `{ "login": "${login}", "password": "${password}" }`)
    expect(signedIn.status).toBe(200)
    const refreshToken = textAt(signedIn.json, 'refreshToken')
    const body = `{ "user_id": ${numberAt(signedIn.json, 'user_id')} }`

    const renewed = await send('POST', '/api/update/access-token', undefined, body, { refreshToken })
    expect(renewed.status).toBe(200)
    const token = textAt(renewed.json, 'access_token')

    const rotated = await send('POST', '/api/update/refresh-token', token, '{}', { refreshToken })
    expect(rotated.json).toMatchObject({ status: 'done' })
    const next = textAt(rotated.json, 'refreshToken')

    const ended = await send('POST', '/api/revoke/token', token, '{}', { refreshToken: next })
    expect(ended.status).toBe(200)
    expect(ended.json).toEqual({ status: 'success', logged_out: 1 })
  })

  test('GET list', async () => {
    const path =
      '/api/send_request?model=res.partner&fields=["name","email"]&domain=[["active","=",true]]&offset=1&limit=20'
    const answer = await send('GET', path, await session.bearer())
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ page: 1, limit: 20 })
    expect(listAt(answer.json, 'records')[0]).toMatchObject({ name: expect.anything(), email: expect.anything() })
  })

  test('GET by id', async () => {
    const path = `/api/send_request?model=res.partner&id=${partnerId}&fields=["name","email"]`
    const answer = await send('GET', path, await session.bearer())
    expect(answer.json).toEqual({ record: { id: partnerId, name: scratch.marker, email: expect.any(String) } })
  })

  test('GET with expand', async () => {
    const path =
      '/api/send_request?model=res.partner&fields=["id","name",%20"company_id"]&expand={"bank_ids":["acc_number"]}'
    const answer = await send('GET', path, await session.bearer())
    expect(answer.status, answer.text).toBe(200)
    for (const record of listAt(answer.json, 'records')) {
      expect(Object.keys(record as object).sort()).toEqual(['bank_ids', 'company_id', 'id', 'name'])
      for (const bank of listAt(record, 'bank_ids')) expect(bank).toHaveProperty('acc_number')
    }
  })

  test('POST create, PUT update, DELETE', async () => {
    const create = '{ "values": { "name": "Test Partner", "email": "test@example.com" } }'
    const made = await send('POST', '/api/send_request?model=res.partner', await session.bearer(), create)
    expect(made.status).toBe(201)
    const id = numberAt(made.json, 'id')
    expect(objectAt(made.json, 'record')).toMatchObject({ id, name: 'Test Partner', email: 'test@example.com' })

    const update = '{ "values": { "email": "changed@example.com" } }'
    const changed = await send('PUT', `/api/send_request?model=res.partner&id=${id}`, await session.bearer(), update)
    expect(changed.status).toBe(200)
    expect(objectAt(changed.json, 'record')).toMatchObject({ id, email: 'changed@example.com' })

    const deleted = await send('DELETE', `/api/send_request?model=res.partner&id=${id}`, await session.bearer())
    expect(deleted.status).toBe(200)
    expect(deleted.json).toEqual({ deleted_id: id })
  })
})

/** The two headers of the page, on every call. */
function send(
  method: string,
  path: string,
  token: string | undefined,
  body?: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  const headers = {
    'Content-Type': 'application/json',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...more,
  }
  return call(target.url, { method, path, headers, ...(body === undefined ? {} : { body }) })
}
