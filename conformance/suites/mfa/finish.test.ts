import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inForm } from '../../harness/envelope.ts'
import { call } from '../../harness/http-call.ts'
import { numberAt, objectAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { BROWSER, revoke, updateRefreshToken, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'
import { steadyCode } from '../../harness/totp.ts'
import { beginSignIn, finish, type MfaGateway, mfaTokenOf, sendMfa, startMfaGateway, TOTP } from './stage.ts'

const SPANS = ['long_term_token_span', 'rotation_period', 'short_term_token_span']

// skip: the user with a second factor is the sandbox's.
describe.skipIf(target.kind !== 'sandbox')('a sign-in with a second factor', () => {
  let gateway: MfaGateway
  beforeAll(async () => {
    gateway = await startMfaGateway()
  })
  afterAll(() => gateway.stop())

  test.each(['/api/authenticate', '/api/login'])('begun at %s asks for a code: 401', async (path) => {
    const answer = await call(gateway.url, { path, json: TOTP })
    expect(answer.status).toBe(401)
    expect(answer.json).toEqual({
      error: 'mfa_required',
      message: expect.stringContaining('/api/v1/auth/mfa'),
      mfa_required: true,
      mfa_token: expect.stringMatching(/^mfa_[\w-]{43}$/),
      methods: ['totp'],
    })
    expect(answer.cookies).toEqual([])
  })

  test('is asked for within the envelope too', async () => {
    const answer = await call(gateway.url, { path: '/api/authenticate', json: inForm('wrapped', TOTP) })
    expect(answer.status).toBe(401)
    const error = objectAt(objectOf(answer.json), 'error')
    expect(error.data).toMatchObject({
      name: 'odoo.exceptions.AccessDenied',
      message: expect.stringMatching(/^401 Unauthorized/),
      mfa_required: true,
      methods: ['totp'],
    })
    const finished = await sendMfa(
      gateway,
      inForm('wrapped', { mfa_token: mfaTokenOf(answer), code: await steadyCode(gateway.secret) }),
    )
    expect(finished.status).toBe(200)
    expect(finished.json).toMatchObject({ jsonrpc: '2.0', id: 1, result: { token: expect.any(String) } })
  })

  test.each([
    { path: '/api/authenticate', members: ['refreshToken', 'token', 'user_id', ...SPANS] },
    { path: '/api/login', members: ['refreshToken', 'token', 'user_id'] },
  ])('begun at $path is answered in its shape, with tokens that work', async ({ path, members }) => {
    const finished = await finish(gateway, await beginSignIn(gateway, path))
    expect(finished.status).toBe(200)
    expect(Object.keys(objectOf(finished.json)).sort()).toEqual([...members].sort())
    const session = {
      url: gateway.url,
      userId: numberAt(finished.json, 'user_id'),
      token: textAt(finished.json, 'token'),
      refreshToken: textAt(finished.json, 'refreshToken'),
    }
    expect((await useToken(gateway.url, session.token)).status).toBe(200)
    const rotated = await updateRefreshToken(session)
    expect(rotated.status).toBe(200)
    const signedOut = await revoke({ ...session, refreshToken: textAt(rotated.json, 'refreshToken') })
    expect(signedOut.json).toMatchObject({ logged_out: 1 })
  })

  test.each([
    { name: 'begun', begin: { 'User-Agent': BROWSER }, end: {} },
    { name: 'finished', begin: {}, end: { 'User-Agent': BROWSER } },
  ])('$name by a browser keeps the refresh token in the cookie', async ({ begin, end }) => {
    const finished = await finish(gateway, await beginSignIn(gateway, '/api/authenticate', begin), {}, end)
    expect(finished.status).toBe(200)
    expect(finished.json).not.toHaveProperty('refreshToken')
    expect(finished.cookies).toMatchObject([{ name: 'refreshToken' }])
  })

  test('begun by a browser is not finished from a page of another site', async () => {
    const token = await beginSignIn(gateway, '/api/authenticate', { 'User-Agent': BROWSER })
    const foreign = await finish(gateway, token, {}, { Origin: 'https://evil.example', 'User-Agent': BROWSER })
    expect(foreign.status).toBe(403)
    expect((await finish(gateway, token, {}, { 'User-Agent': BROWSER })).status).toBe(200)
  })

  test('cannot be finished with the password alone, nor begun with a code', async () => {
    const answer = await call(gateway.url, { path: '/api/login', json: { ...TOTP, code: '123456' } })
    expect(answer.status).toBe(401)
    expect(answer.json).not.toHaveProperty('token')
  })
})
