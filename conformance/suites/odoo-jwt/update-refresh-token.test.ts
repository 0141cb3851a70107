import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn } from '../../harness/envelope.ts'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { objectOf, textAt } from '../../harness/json-reading.ts'
import { expectRefusedWrapped, expectUnauthorized } from '../../harness/refusal.ts'
import {
  rotate,
  type Session,
  signIn,
  signInAsBrowser,
  updateAccessToken,
  updateRefreshToken,
  useToken,
} from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const bogus = randomBytes(32).toString('base64url')

describe('POST /api/update/refresh-token', () => {
  test.each(BODY_FORMS)('answers done and the new token (%s)', async (form) => {
    const app = await signIn(target.url, target.users.demo)
    const answer = await update(inForm(form, { user_id: app.userId }), bothOf(app))
    expect(answer.status).toBe(200)
    const result = objectOf(resultIn(form, answer.json))
    expect(Object.keys(result).sort()).toEqual(['refreshToken', 'status'])
    expect(result.status).toBe('done')
    expect(result.refreshToken).not.toBe(app.refreshToken)
    expect(answer.cookies).toEqual([])
    expect((await updateAccessToken({ ...app, refreshToken: textAt(result, 'refreshToken') })).status).toBe(200)
  })

  test.each(['refreshToken', 'refresh_token'])('takes the token as %s in the body', async (member) => {
    const app = await signIn(target.url, target.users.demo)
    const body = { user_id: app.userId, [member]: app.refreshToken }
    const answer = await update(body, { Authorization: `Bearer ${app.token}` })
    expect(answer.json).toMatchObject({ status: 'done', refreshToken: expect.stringMatching(/.{43}/) })
  })

  test('answers a token that came by cookie with the number 1 and the cookie anew', async () => {
    const browser = await signInAsBrowser(target.url, target.users.demo)
    const headers = { Authorization: `Bearer ${browser.token}`, Cookie: browser.cookie }
    const answer = await update({ user_id: browser.userId }, headers)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ status: 'done', refreshToken: 1 })
    const [cookie] = answer.cookies
    expect(cookie?.name).toBe('refreshToken')
    expect(`refreshToken=${cookie?.value}`).not.toBe(browser.cookie)
    const renewed = await call(target.url, {
      path: '/api/update/access-token',
      headers: { Cookie: `refreshToken=${cookie?.value}` },
      json: { user_id: browser.userId },
    })
    expect(renewed.status).toBe(200)
  })

  test('answers a token that came by cookie only by cookie, whatever a header says', async () => {
    const browser = await signInAsBrowser(target.url, target.users.demo)
    const headers = {
      Authorization: `Bearer ${browser.token}`,
      Cookie: browser.cookie,
      'User-Agent': 'okhttp/4.12',
      'X-Client-Type': 'app',
    }
    const answer = await update({ user_id: browser.userId }, headers)
    expect(answer.json).toEqual({ status: 'done', refreshToken: 1 })
    expect(answer.text).not.toContain(answer.cookies[0]?.value ?? '?')
  })
})

describe('refusals of /api/update/refresh-token', () => {
  const cases: [string, (app: Session, other: Session) => RequestHeaders][] = [
    ['no token at all', () => ({})],
    ['no access token', (app) => ({ refreshToken: app.refreshToken })],
    ['no refresh token', (app) => ({ Authorization: `Bearer ${app.token}` })],
    ['an access token that is none', (app) => ({ access_token: 'x.y.z', refreshToken: app.refreshToken })],
    ['a refresh token that is none', (app) => ({ access_token: app.token, refreshToken: bogus })],
    ['the refresh token in both places', (app) => ({ access_token: app.refreshToken, refreshToken: app.refreshToken })],
    [
      'tokens of two grants of one user',
      (app, other) => ({ access_token: other.token, refreshToken: app.refreshToken }),
    ],
  ]

  test.each(cases)('%s: 401, nothing is used up', async (_name, headers) => {
    const [app, other] = await Promise.all([1, 2].map(() => signIn(target.url, target.users.demo)))
    if (!app || !other) throw new Error('no sign-in')
    expectUnauthorized(await update({ user_id: app.userId }, headers(app, other)))
    for (const session of [app, other]) expect((await updateRefreshToken(session)).status).toBe(200)
  })

  test('tokens of two users: 401, both grants live on', async () => {
    const demo = await signIn(target.url, target.users.demo)
    const admin = await signIn(target.url, target.users.admin)
    for (const userId of [demo.userId, admin.userId]) {
      const headers = { Authorization: `Bearer ${admin.token}`, refreshToken: demo.refreshToken }
      expectUnauthorized(await update({ user_id: userId }, headers))
    }
    for (const session of [demo, admin]) expect((await updateRefreshToken(session)).status).toBe(200)
  })

  test('a user_id that is not the user of the tokens: 401, nothing is used up', async () => {
    const app = await signIn(target.url, target.users.demo)
    expectUnauthorized(await update({ user_id: app.userId + 1 }, bothOf(app)))
    const next = await rotate(app)
    expect((await useToken(target.url, next.token)).status).toBe(200)
  })

  test('the wrapped form names werkzeug.exceptions.Unauthorized', async () => {
    expectRefusedWrapped(await update(inForm('wrapped', { user_id: 2 }), {}), {
      status: 401,
      name: 'werkzeug.exceptions.Unauthorized',
    })
  })
})

function bothOf(app: Session): RequestHeaders {
  return { Authorization: `Bearer ${app.token}`, refreshToken: app.refreshToken }
}

function update(json: object, headers: RequestHeaders): Promise<Answer> {
  return call(target.url, { path: '/api/update/refresh-token', headers, json })
}
