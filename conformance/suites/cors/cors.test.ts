import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../harness/gateway-process.ts'
import { type Answer, call } from '../../harness/http-call.ts'
import { BROWSER, signIn, signInAsBrowser } from '../../harness/session.ts'
import { DEMO_EXPOSURES } from '../../harness/settings.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

const LISTED = 'https://app.example'
const FOREIGN = [
  'https://evil.example',
  'http://app.example',
  'https://app.example.evil.example',
  'https://app.example:8443',
  'null',
]

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('CORS', () => {
  let gateway: Gateway

  beforeAll(async () => {
    const api = { database: target.database, exposures: DEMO_EXPOSURES }
    gateway = await startOwnGateway({
      settings: {
        apis: [
          { ...api, name: 'default', origins: [LISTED] },
          { ...api, name: 'closed', origins: [] },
        ],
      },
    })
  })
  afterAll(() => gateway.stop())

  describe('a preflight, which never carries a sign-in', () => {
    test.each([
      ['/api/authenticate', 'POST', 'content-type'],
      ['/api/protected/json', 'POST', 'authorization,content-type'],
      ['/api/update/refresh-token', 'POST', 'access_token,refreshtoken,content-type'],
      ['/api/send_request', 'GET', 'authorization'],
      ['/api/send_request', 'PUT', 'authorization,content-type,x-gatehouse-api'],
      ['/api/send_request', 'DELETE', 'authorization'],
    ])('of %s %s is granted to a listed origin', async (path, method, headers) => {
      const answer = await preflight(path, LISTED, method, headers)
      expect([200, 204]).toContain(answer.status)
      expectGranted(answer)
      expect(listed(answer, 'access-control-allow-methods')).toContain(method.toLowerCase())
      expect(listed(answer, 'access-control-allow-headers')).toEqual(expect.arrayContaining(headers.split(',')))
    })

    test.each(FOREIGN)('is not granted to %s', async (origin) => {
      expectNotGranted(await preflight('/api/protected/json', origin, 'POST', 'authorization'))
    })
  })

  describe('an answer', () => {
    test('is granted to a listed origin, with credentials, and shows the headers of the contract', async () => {
      const { token } = await signIn(gateway.url, target.users.demo)
      const answer = await listCountries(token, LISTED)
      expect(answer.status).toBe(200)
      expectGranted(answer)
      const exposed = listed(answer, 'access-control-expose-headers')
      for (const name of ['x-total-count', 'x-request-id', 'etag', 'retry-after', 'x-limit-capped']) {
        expect(exposed).toContain(name)
      }
      expect(exposed.some((name) => name.startsWith('ratelimit'))).toBe(true)
    })

    test('of a sign-in and of a refusal is granted too: script must be able to read it', async () => {
      const headers = { Origin: LISTED }
      expectGranted(await call(gateway.url, { path: '/api/authenticate', headers, json: target.users.demo }))
      const refused = await call(gateway.url, { path: '/api/protected/json', headers, json: {} })
      expect(refused.status).toBe(401)
      expectGranted(refused)
    })

    test.each(FOREIGN)('is not granted to %s', async (origin) => {
      const { token } = await signIn(gateway.url, target.users.demo)
      expectNotGranted(await listCountries(token, origin))
    })

    test('is not granted where the API of the grant does not list the origin', async () => {
      const { token } = await signIn(gateway.url, target.users.demo, { api: 'closed' })
      expectNotGranted(await listCountries(token, LISTED))
    })

    test('to a call without Origin grants nothing', async () => {
      const { token } = await signIn(gateway.url, target.users.demo)
      expectNotGranted(await listCountries(token, undefined))
    })
  })

  test('a cookie call from a listed origin is allowed', async () => {
    const browser = await signInAsBrowser(gateway.url, target.users.demo)
    const answer = await call(gateway.url, {
      path: '/api/update/access-token',
      headers: { Cookie: browser.cookie, Origin: LISTED, 'Sec-Fetch-Site': 'same-site', 'User-Agent': BROWSER },
      json: { user_id: browser.userId },
    })
    expect(answer.status).toBe(200)
    expectGranted(answer)
  })

  function preflight(path: string, origin: string, method: string, headers: string): Promise<Answer> {
    return call(gateway.url, {
      method: 'OPTIONS',
      path,
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': headers,
      },
    })
  }

  function listCountries(token: string, origin: string | undefined): Promise<Answer> {
    return call(gateway.url, {
      path: '/api/send_request',
      query: { model: 'res.country', fields: '["code"]', limit: 1 },
      headers: { Authorization: `Bearer ${token}`, Origin: origin },
    })
  }
})

function expectGranted(answer: Answer): void {
  expect(answer.headers['access-control-allow-origin']).toBe(LISTED)
  expect(answer.headers['access-control-allow-credentials']).toBe('true')
  expect(listed(answer, 'vary')).toContain('origin')
}

function expectNotGranted(answer: Answer): void {
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
}

/** The members of a comma list, in lower case. */
function listed(answer: Answer, header: string): string[] {
  return String(answer.headers[header] ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
}
