import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { objectOf, textAt } from '../../harness/json-reading.ts'
import { expectRefused } from '../../harness/refusal.ts'
import {
  BROWSER,
  revoke,
  rotate,
  sendSignIn,
  signIn,
  signInAsBrowser,
  updateAccessToken,
  useToken,
} from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const LOGIN = { path: '/api/login' } as const

describe('POST /api/login', () => {
  test('answers an app the token, the user and the refresh token, without a cookie', async () => {
    const answer = await sendSignIn(target.url, target.users.demo, LOGIN)
    expect(answer.status).toBe(200)
    expect(Object.keys(objectOf(answer.json)).sort()).toEqual(['refreshToken', 'token', 'user_id'])
    expect(answer.cookies).toEqual([])
    expect((await useToken(target.url, textAt(answer.json, 'token'))).status).toBe(200)
  })

  test('answers a browser the token and the user; the refresh token only as a cookie', async () => {
    const answer = await sendSignIn(target.url, target.users.demo, { ...LOGIN, headers: { 'User-Agent': BROWSER } })
    expect(answer.status).toBe(200)
    expect(Object.keys(objectOf(answer.json)).sort()).toEqual(['token', 'user_id'])
    expect(answer.cookies.map((cookie) => cookie.name)).toEqual(['refreshToken'])
    expect(answer.text).not.toContain(answer.cookies[0]?.value ?? '?')
  })

  test('takes the database by name', async () => {
    const json = { db: target.database, ...target.users.demo }
    expect((await call(target.url, { path: '/api/login', json })).status).toBe(200)
  })

  test('X-Client-Type: app on a call with Origin is 400', async () => {
    const headers = { 'User-Agent': BROWSER, 'X-Client-Type': 'app', Origin: target.publicUrl }
    expectRefused(await sendSignIn(target.url, target.users.demo, { ...LOGIN, headers }), { status: 400 })
  })

  test.each([
    ['wrong credentials', { login: `nobody-${randomUUID()}`, password: 'wrong' }, 401],
    ['an unknown database', { db: 'no-such-database', ...target.users.demo }, 401],
    ['no password', { login: 'demo' }, 400],
    ['no login', { password: 'demo' }, 400],
    ['nothing', {}, 400],
  ])('refuses %s', async (_name, json, status) => {
    const answer = await call(target.url, { path: '/api/login', headers: { 'User-Agent': BROWSER }, json })
    expectRefused(answer, { status })
    expect(answer.cookies).toEqual([])
  })
})

describe('the tokens of /api/login', () => {
  test('renew, rotate and end like those of /api/authenticate; the end says success', async () => {
    const app = await signIn(target.url, target.users.demo, LOGIN)
    expect(Object.keys(objectOf((await updateAccessToken(app)).json))).toEqual(['access_token'])
    const next = await rotate(app)
    expect(next.refreshToken).not.toBe(app.refreshToken)
    const ended = await revoke(next)
    expect(ended.status).toBe(200)
    expect(ended.json).toEqual({ status: 'success', logged_out: 1 })
    expectRefused(await updateAccessToken(next), { status: 401 })
  })

  test('rotate by cookie for a browser', async () => {
    const browser = await signInAsBrowser(target.url, target.users.demo, LOGIN)
    const answer = await call(target.url, {
      path: '/api/update/refresh-token',
      headers: { Authorization: `Bearer ${browser.token}`, Cookie: browser.cookie },
      json: { user_id: browser.userId },
    })
    expect(answer.json).toEqual({ status: 'done', refreshToken: 1 })
    expect(answer.cookies.map((cookie) => cookie.name)).toEqual(['refreshToken'])
  })
})
