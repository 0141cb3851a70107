import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { listAt, numberAt, textAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

/**
 * The calls of the page of odoo_jwt (references/odoo_jwt.txt) in the order in which a mobile client makes them, with
 * host, database, login and ids filled in.
 *
 * Mended:
 * - `https://localhost:8069/api/login`: host, port and scheme of the gateway.
 * - `'rotation_period': n`, `{ 'user_id': xx }` and all bodies but the first are Python: JSON has double quotes.
 * - `'access_token': xxx (null in case of /api/authenticate and /api/update/access-token)`: a header cannot be null;
 *   clients send the text "null".
 * - `Headers (mobile): {'refreshToken': xx, ...default_headers}` on /api/protected/json: harmless there, and sent.
 */
describe('the calls of the page of odoo_jwt', () => {
  const json = { Accept: 'application/json', 'Content-Type': 'application/json' }
  const post = (path: string, headers: Record<string, string>, body: string) =>
    call(target.url, { method: 'POST', path, headers: { ...json, ...headers }, body })

  test('work one after the other', async () => {
    const { login, password } = target.users.admin
    const signedIn = await post(
      '/api/authenticate',
      { access_token: 'null' },
      `{ "db": "${target.database}", "login": "${login}", "password": "${password}" }`,
    )
    expect(signedIn.status).toBe(200)
    const userId = numberAt(signedIn.json, 'user_id')
    const refreshToken = textAt(signedIn.json, 'refreshToken')

    const renewed = await post(
      '/api/update/access-token',
      { refreshToken, access_token: 'null' },
      `{ "user_id": ${userId} }`,
    )
    expect(renewed.status).toBe(200)
    const token = textAt(renewed.json, 'access_token')

    const users = await post('/api/protected/json', { refreshToken, access_token: token }, '{}')
    expect(users.status).toBe(200)
    expect(listAt(users.json, 'status')).toContainEqual(expect.objectContaining({ id: userId }))

    const rotated = await post(
      '/api/update/refresh-token',
      { refreshToken, access_token: token },
      `{ "user_id": ${userId} }`,
    )
    expect(rotated.json).toMatchObject({ status: 'done' })
    const next = textAt(rotated.json, 'refreshToken')

    const ended = await post('/api/revoke/token', { refreshToken: next, access_token: token }, '{}')
    expect(ended.status).toBe(200)
    expect(ended.json).toMatchObject({ status: 'done' })
  })

  test('GET /api/login is the page to test them with', async () => {
    const answer = await call(target.url, { path: '/api/login' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/html\b/)
  })
})
