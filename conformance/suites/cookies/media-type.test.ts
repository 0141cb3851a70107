import { describe, expect, test } from 'vitest'
import { type Answer, call } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { BROWSER, type BrowserSession, signInAsBrowser } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

// These are the types that a form or an image tag of another site can send without a preflight, and none at all.
const SIMPLE_TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined]
const JSON_TYPES = ['application/json', 'application/json; charset=utf-8', 'Application/JSON']

describe('a call that sets or uses a cookie takes application/json only', () => {
  test.each(SIMPLE_TYPES)('sign-in of a browser with %s: 415, no cookie', async (type) => {
    for (const path of ['/api/authenticate', '/api/login']) {
      const body = JSON.stringify(target.users.demo)
      const answer = await call(target.url, { path, headers: { 'User-Agent': BROWSER, 'Content-Type': type }, body })
      expectRefused(answer, { status: 415 })
      expect(answer.cookies).toEqual([])
    }
  })

  test.each(SIMPLE_TYPES)('the three token calls with %s: 415, and the grant is as it was', async (type) => {
    const browser = await signInAsBrowser(target.url, target.users.demo)
    for (const path of ['/api/update/access-token', '/api/update/refresh-token', '/api/revoke/token']) {
      const answer = await send(browser, path, type)
      expectRefused(answer, { status: 415 })
      expect(answer.cookies).toEqual([])
    }
    expect((await send(browser, '/api/update/refresh-token', 'application/json')).status).toBe(200)
  })

  test.each(JSON_TYPES)('%s is taken', async (type) => {
    const browser = await signInAsBrowser(target.url, target.users.demo)
    expect((await send(browser, '/api/update/access-token', type)).status).toBe(200)
  })
})

function send(browser: BrowserSession, path: string, type: string | undefined): Promise<Answer> {
  return call(target.url, {
    path,
    method: 'POST',
    headers: { Authorization: `Bearer ${browser.token}`, Cookie: browser.cookie, 'Content-Type': type },
    body: JSON.stringify({ user_id: browser.userId }),
  })
}
