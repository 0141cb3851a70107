import { describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn } from '../../harness/envelope.ts'
import { call } from '../../harness/http-call.ts'
import { objectOf } from '../../harness/json-reading.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { BROWSER, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const PATH = '/api/authenticate'
const { login, password } = target.users.demo

describe('POST /api/authenticate as a browser', () => {
  test.each(BODY_FORMS)('gives the refresh token as a cookie and never in the body (%s)', async (form) => {
    const headers = { 'User-Agent': BROWSER }
    const answer = await call(target.url, { path: PATH, headers, json: inForm(form, { login, password }) })
    expect(answer.status).toBe(200)
    const result = objectOf(resultIn(form, answer.json))
    expect(Object.keys(result).sort()).toEqual([
      'long_term_token_span',
      'rotation_period',
      'short_term_token_span',
      'token',
      'user_id',
    ])
    expect(answer.cookies.map((cookie) => cookie.name)).toEqual(['refreshToken'])
    expect(answer.text).not.toContain(answer.cookies[0]?.value)
    expect((await useToken(target.url, String(result.token))).status).toBe(200)
  })

  test('goes by the beginning of the user agent', async () => {
    const headers = { 'User-Agent': 'curl/8.5 (like Mozilla/5.0)' }
    const answer = await call(target.url, { path: PATH, headers, json: { login, password } })
    expect(answer.cookies).toEqual([])
    expect(answer.json).toHaveProperty('refreshToken')
  })
})

describe('X-Client-Type: app on a call that a browser made', () => {
  // Script in a page could otherwise ask for the token that the cookie keeps from it.
  test.each([
    ['Origin', { Origin: target.publicUrl }],
    ['Sec-Fetch-Mode', { 'Sec-Fetch-Mode': 'cors' }],
    ['Sec-Fetch-Site', { 'Sec-Fetch-Site': 'same-origin' }],
    ['Sec-Fetch-Dest', { 'Sec-Fetch-Dest': 'empty' }],
  ])('is 400 with %s, and no token is given', async (_name, sign) => {
    const headers = { 'User-Agent': BROWSER, 'X-Client-Type': 'app', ...sign }
    const answer = await call(target.url, { path: PATH, headers, json: { login, password } })
    expectRefused(answer, { status: 400 })
    expect(answer.cookies).toEqual([])
  })
})
