import { beforeEach, describe, expect, test } from 'vitest'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type BrowserSession, signInAsBrowser } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let browser: BrowserSession

beforeEach(async () => {
  browser = await signInAsBrowser(target.url, target.users.demo)
})

/** The calls that a cookie opens, each as another site would have to send it. */
const CALLS: [string, (headers: RequestHeaders) => Promise<Answer>][] = [
  ['/api/update/access-token', (headers) => byCookie('/api/update/access-token', {}, headers)],
  [
    '/api/update/refresh-token',
    (headers) => byCookie('/api/update/refresh-token', { Authorization: `Bearer ${browser.token}` }, headers),
  ],
  [
    '/api/revoke/token',
    (headers) => byCookie('/api/revoke/token', { Authorization: `Bearer ${browser.token}` }, headers),
  ],
]

describe.each(CALLS)('%s by cookie', (_path, send) => {
  test.each<[string, RequestHeaders]>([
    ['neither Origin nor Sec-Fetch-Site: no browser sent it', {}],
    ['the Origin of the gateway', { Origin: new URL(target.publicUrl).origin }],
    ['Sec-Fetch-Site: same-origin', { 'Sec-Fetch-Site': 'same-origin' }],
    ['both', { Origin: new URL(target.publicUrl).origin, 'Sec-Fetch-Site': 'same-origin' }],
  ])('is allowed with %s', async (_name, headers) => {
    expect((await send(headers)).status).toBe(200)
  })

  test.each<[string, RequestHeaders]>([
    ['a foreign Origin', { Origin: 'https://evil.example' }],
    ['an Origin that only begins like the gateway', { Origin: `${new URL(target.publicUrl).origin}.evil.example` }],
    ['the Origin null', { Origin: 'null' }],
    ['another port', { Origin: 'http://127.0.0.1:1' }],
    ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    [
      'Sec-Fetch-Site: cross-site beside a good Origin',
      { Origin: new URL(target.publicUrl).origin, 'Sec-Fetch-Site': 'cross-site' },
    ],
    ['a Host that matches the foreign Origin', { Host: 'evil.example', Origin: 'http://evil.example' }],
  ])('is refused with %s, and the grant is as it was', async (_name, headers) => {
    const answer = await send(headers)
    expectRefused(answer, { status: 403 })
    expect(answer.cookies).toEqual([])
    expect((await byCookie('/api/update/access-token', {}, {})).status).toBe(200)
    expect((await byCookie('/api/update/refresh-token', { Authorization: `Bearer ${browser.token}` }, {})).status).toBe(
      200,
    )
  })
})

test('a call by header is not a cookie call: no Origin matters', async () => {
  const headers = {
    Authorization: `Bearer ${browser.token}`,
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'cross-site',
  }
  expect((await call(target.url, { path: '/api/protected/json', headers, json: {} })).status).toBe(200)
})

function byCookie(path: string, own: RequestHeaders, more: RequestHeaders): Promise<Answer> {
  const json = path.includes('/update/') ? { user_id: browser.userId } : {}
  return call(target.url, { path, headers: { Cookie: browser.cookie, ...own, ...more }, json })
}
