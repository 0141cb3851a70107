import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { textAt } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { BROWSER, sendSignIn } from '../../harness/session.ts'
import type { SetCookie } from '../../harness/set-cookie.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

describe('the cookie refreshToken', () => {
  test.each(['/api/authenticate', '/api/login'] as const)('is HttpOnly, SameSite=Lax, Path=/api (%s)', async (path) => {
    const { attributes } = await cookieOf(target.url, path)
    expect(attributes).toHaveProperty('httponly')
    expect(attributes.samesite?.toLowerCase()).toBe('lax')
    expect(attributes.path).toBe('/api')
    expect(attributes).not.toHaveProperty('domain')
  })

  // skip: a given gateway may stand behind https, where the opposite holds.
  test.runIf(target.publicUrl.startsWith('http:'))('is not Secure behind a public address of http', async () => {
    const forwarded = { 'X-Forwarded-Proto': 'https', Forwarded: 'proto=https' }
    for (const headers of [{}, forwarded]) {
      expect((await cookieOf(target.url, '/api/authenticate', headers)).attributes).not.toHaveProperty('secure')
    }
  })
})

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('behind a public address of https', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startOwnGateway({ env: { GATEHOUSE_URL: 'https://gate.example' } })
  })
  afterAll(() => gateway.stop())

  test('the cookie is Secure, whatever the request says', async () => {
    for (const headers of [{}, { 'X-Forwarded-Proto': 'http' }]) {
      expect((await cookieOf(gateway.url, '/api/authenticate', headers)).attributes).toHaveProperty('secure')
    }
  })

  test('the issuer is that address', async () => {
    const answer = await sendSignIn(gateway.url, target.users.demo)
    expect(readJwt(textAt(answer.json, 'token')).claims.iss).toBe('https://gate.example')
  })

  test('that address is the same origin, and where it listens is not', async () => {
    const cookie = await cookieOf(gateway.url, '/api/authenticate')
    const update = (origin: string) =>
      call(gateway.url, {
        path: '/api/update/access-token',
        headers: { Cookie: `refreshToken=${cookie.value}`, Origin: origin },
        json: {},
      })
    expect((await update(gateway.url)).status).toBe(403)
    expect((await update('https://gate.example')).status).not.toBe(403)
  })
})

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('with showRefreshTokenToBrowsers on', () => {
  test('a browser gets the refresh token in the body of /api/login too, beside the cookie', async () => {
    const gateway = await startOwnGateway({ settings: { tokens: { showRefreshTokenToBrowsers: true } } })
    try {
      const headers = { 'User-Agent': BROWSER }
      const answer = await sendSignIn(gateway.url, target.users.demo, { path: '/api/login', headers })
      const [cookie] = answer.cookies
      expect(answer.json).toEqual({
        token: expect.any(String),
        user_id: expect.any(Number),
        refreshToken: cookie?.value,
      })
    } finally {
      await gateway.stop()
    }
  })
})

async function cookieOf(
  url: string,
  path: '/api/authenticate' | '/api/login',
  headers: RequestHeaders = {},
): Promise<SetCookie> {
  const answer = await sendSignIn(url, target.users.demo, { path, headers: { 'User-Agent': BROWSER, ...headers } })
  const [cookie] = answer.cookies
  if (!cookie) throw new Error(`no cookie: ${answer.status} ${answer.text}`)
  expect(cookie.name).toBe('refreshToken')
  return cookie
}
