import { describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn } from '../../harness/envelope.ts'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { expectRefusedWrapped, expectUnauthorized } from '../../harness/refusal.ts'
import {
  type Session,
  signIn,
  signInAsBrowser,
  updateAccessToken,
  useToken,
  waitForStatus,
} from '../../harness/session.ts'
import { isCleared } from '../../harness/set-cookie.ts'
import { target } from '../../harness/target.ts'

describe('POST /api/revoke/token', () => {
  test.each(BODY_FORMS)('answers done and logged_out 1 for a grant of /api/authenticate (%s)', async (form) => {
    const app = await signIn(target.url, target.users.demo)
    const answer = await send(inForm(form, {}), bothOf(app))
    expect(answer.status).toBe(200)
    expect(resultIn(form, answer.json)).toEqual({ status: 'done', logged_out: 1 })
  })

  test('ends the refresh token at once and the access token within 5 s', async () => {
    const app = await signIn(target.url, target.users.demo)
    expect((await send({}, bothOf(app))).status).toBe(200)
    expectUnauthorized(await updateAccessToken(app))
    expect(await waitForStatus(() => useToken(target.url, app.token), 401, 5_000)).toBeDefined()
  })

  test('clears the cookie of a browser, on the path it was set for', async () => {
    const browser = await signInAsBrowser(target.url, target.users.demo)
    const answer = await send({}, { Authorization: `Bearer ${browser.token}`, Cookie: browser.cookie })
    expect(answer.json).toEqual({ status: 'done', logged_out: 1 })
    const cookie = answer.cookies.find((one) => one.name === 'refreshToken')
    expect(cookie && isCleared(cookie)).toBe(true)
    expect(cookie?.attributes.path).toBe('/api')
  })

  test('takes the refresh token from the body too', async () => {
    const app = await signIn(target.url, target.users.demo)
    const answer = await send({ refreshToken: app.refreshToken }, { Authorization: `Bearer ${app.token}` })
    expect(answer.json).toEqual({ status: 'done', logged_out: 1 })
    expectUnauthorized(await updateAccessToken(app))
  })
})

describe('refusals of /api/revoke/token', () => {
  const cases: [string, (app: Session, other: Session) => RequestHeaders][] = [
    ['no token at all', () => ({})],
    ['no refresh token', (app) => ({ Authorization: `Bearer ${app.token}` })],
    ['no access token', (app) => ({ refreshToken: app.refreshToken })],
    [
      'tokens of two grants of one user',
      (app, other) => ({ access_token: other.token, refreshToken: app.refreshToken }),
    ],
    ['the refresh token in both places', (app) => ({ access_token: app.refreshToken, refreshToken: app.refreshToken })],
  ]

  test.each(cases)('%s: 401, and no grant ended', async (_name, headers) => {
    const [app, other] = await Promise.all([1, 2].map(() => signIn(target.url, target.users.demo)))
    if (!app || !other) throw new Error('no sign-in')
    expectUnauthorized(await send({}, headers(app, other)))
    for (const session of [app, other]) expect((await updateAccessToken(session)).status).toBe(200)
  })

  test('a second time: 401', async () => {
    const app = await signIn(target.url, target.users.demo)
    await send({}, bothOf(app))
    expectUnauthorized(await send({}, bothOf(app)))
  })

  test('the wrapped form names werkzeug.exceptions.Unauthorized', async () => {
    expectRefusedWrapped(await send(inForm('wrapped', {}), {}), {
      status: 401,
      name: 'werkzeug.exceptions.Unauthorized',
    })
  })
})

function bothOf(app: Session): RequestHeaders {
  return { Authorization: `Bearer ${app.token}`, refreshToken: app.refreshToken }
}

function send(json: object, headers: RequestHeaders): Promise<Answer> {
  return call(target.url, { path: '/api/revoke/token', headers, json })
}
