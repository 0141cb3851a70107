import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
})

// A query string ends in logs, histories and Referer headers.
describe('a secret in the query string: 400', () => {
  test.each(['password', 'access_token', 'refresh_token', 'refreshToken', 'token', 'api_key', 'client_secret'])(
    '%s on a protected call, though a good token is in a header',
    async (name) => {
      const headers = { Authorization: `Bearer ${await session.bearer()}` }
      const path = `/api/protected/json?${name}=0123456789`
      expectRefused(await call(target.url, { path, headers, json: {} }), { status: 400 })
      const query = { model: 'res.country', fields: '["code"]', limit: 1, [name]: '0123456789' }
      expectRefused(await call(target.url, { path: '/api/send_request', query, headers }), { status: 400 })
    },
  )

  test.each(['/api/authenticate', '/api/login'])('the password at %s, and nobody is signed in', async (path) => {
    const { login, password } = target.users.demo
    const answer = await call(target.url, { path, query: { login, password }, json: {} })
    expectRefused(answer, { status: 400 })
    expect(answer.cookies).toEqual([])
    expectRefused(await call(target.url, { path, query: { password }, json: { login, password } }), { status: 400 })
  })

  test('the refresh token at /api/update/access-token', async () => {
    const answer = await call(target.url, {
      path: '/api/update/access-token',
      query: { refreshToken: session.refreshToken },
      json: { user_id: session.userId },
    })
    expectRefused(answer, { status: 400 })
    expect(answer.text).not.toContain(session.refreshToken)
    expect((await updateAccessToken(session)).status).toBe(200)
  })

  test('the access token, and it is no credential there', async () => {
    const token = await session.bearer()
    const answer = await call(target.url, { path: '/api/protected/json', query: { access_token: token }, json: {} })
    expectRefused(answer, { status: 400 })
    expect(answer.text).not.toContain(token)
    expect((await useToken(target.url, token)).status).toBe(200)
  })
})
