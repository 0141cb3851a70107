import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { expectUnauthorized } from '../../harness/refusal.ts'
import { readProtected, signIn, updateAccessToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

describe('a refresh token in the place of an access token', () => {
  test.each<[string, (token: string) => Record<string, string>]>([
    ['Bearer', (token) => ({ Authorization: `Bearer ${token}` })],
    ['Authorization without a scheme', (token) => ({ Authorization: token })],
    ['access_token', (token) => ({ access_token: token })],
    ['access-token', (token) => ({ 'access-token': token })],
    ['X-API-Key', (token) => ({ 'X-API-Key': token })],
  ])('is refused in %s on both surfaces, and stays good for its purpose', async (_name, headers) => {
    const session = await signIn(target.url, target.users.demo)
    expectUnauthorized(await readProtected(target.url, headers(session.refreshToken)))
    const query = { model: 'res.partner', fields: '["name"]' }
    expectUnauthorized(
      await call(target.url, { path: '/api/send_request', query, headers: headers(session.refreshToken) }),
    )
    expect((await updateAccessToken(session)).status).toBe(200)
  })
})

describe('an access token in the place of a refresh token', () => {
  test('is refused, and stays good for its purpose', async () => {
    const session = await signIn(target.url, target.users.demo)
    expectUnauthorized(await updateAccessToken({ ...session, refreshToken: session.token }))
    expect((await useToken(target.url, session.token)).status).toBe(200)
  })
})
