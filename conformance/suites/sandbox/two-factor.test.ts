import { describe, expect, test } from 'vitest'
import { inForm } from '../../harness/envelope.ts'
import { call } from '../../harness/http-call.ts'
import { BROWSER } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const TOTP = { login: 'totp', password: 'totp' }

// skip: is about the sandbox and what it ships with.
describe.skipIf(target.kind !== 'sandbox')('the password of a user with a second factor', () => {
  test.each(['/api/authenticate', '/api/login'])('is not enough for a token: 401 at %s', async (path) => {
    const answer = await call(target.url, { path, headers: { 'User-Agent': BROWSER }, json: TOTP })
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ error: expect.any(String), message: expect.any(String) })
    expect(answer.json).not.toHaveProperty('token')
    expect(answer.json).not.toHaveProperty('refreshToken')
    expect(answer.cookies).toEqual([])
  })

  test('is not enough in the wrapped form either', async () => {
    const answer = await call(target.url, { path: '/api/authenticate', json: inForm('wrapped', TOTP) })
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ jsonrpc: '2.0', id: 1, error: { code: 200 } })
    expect(answer.json).not.toHaveProperty('result')
  })
})
