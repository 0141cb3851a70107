import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { BROWSER } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'
import { beginSignIn, finish, type MfaGateway, startMfaGateway, TOTP } from './stage.ts'

// skip: the user with a second factor is the sandbox's.
describe.skipIf(target.kind !== 'sandbox').each(['17', '18', '19'])('a trusted device of Odoo %s', (version) => {
  let gateway: MfaGateway
  let device: string
  beforeAll(async () => {
    gateway = await startMfaGateway({}, { GATEHOUSE_SANDBOX_ODOO: version })
    const finished = await finish(gateway, await beginSignIn(gateway), { remember: true })
    device = textAt(finished.json, 'device_token')
  })
  afterAll(() => gateway.stop())

  const signIn = (headers: RequestHeaders, more: object = {}) =>
    call(gateway.url, { path: '/api/login', headers, json: { ...TOTP, ...more } })

  test.each([
    { name: 'in the body', headers: {}, inBody: true },
    { name: 'in the header', headers: { 'X-Device-Token': 'device' }, inBody: false },
  ])('that is shown $name spares the code, on any surface', async ({ headers, inBody }) => {
    const shown = Object.fromEntries(Object.keys(headers).map((name) => [name, device]))
    const answer = await signIn(shown, inBody ? { device_token: device } : {})
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ token: expect.any(String), refreshToken: expect.any(String) })
  })

  test('does not spare the password', async () => {
    const answer = await signIn({}, { password: 'wrong', device_token: device })
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ error: 'invalid_credentials' })
  })

  test.each(['', 'null', 'ghd_unknown', 'mfa_x'])('with the token "%s" is none', async (token) => {
    expect((await signIn({}, { device_token: token })).json).toMatchObject({ error: 'mfa_required' })
  })

  test('is of no use to another user', async () => {
    const answer = await signIn({}, { login: 'demo', password: 'demo', device_token: device })
    expect(answer.status).toBe(200)
    expect(answer.json).toHaveProperty('token')
  })
})

// skip: the user with a second factor is the sandbox's.
describe.skipIf(target.kind !== 'sandbox')('a trusted browser', () => {
  let gateway: MfaGateway
  beforeAll(async () => {
    gateway = await startMfaGateway()
  })
  afterAll(() => gateway.stop())

  test('has its token in a cookie that no script can read, and needs no code any more', async () => {
    const headers = { 'User-Agent': BROWSER }
    const finished = await finish(
      gateway,
      await beginSignIn(gateway, '/api/login', headers),
      { remember: true },
      headers,
    )
    expect(finished.json).not.toHaveProperty('device_token')
    const cookie = finished.cookies.find(({ name }) => name === 'gatehouse_device')
    expect(cookie).toMatchObject({ attributes: { httponly: '', samesite: 'Lax', path: '/' } })
    const again = await call(gateway.url, {
      path: '/api/login',
      headers: { ...headers, Cookie: `gatehouse_device=${cookie?.value}` },
      json: TOTP,
    })
    expect(again.status).toBe(200)
  })
})
