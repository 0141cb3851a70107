import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { BODY_FORMS, inForm, resultIn } from '../../harness/envelope.ts'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { objectOf, textAt } from '../../harness/json-reading.ts'
import { expectRefused, expectRefusedWrapped, expectUnauthorized } from '../../harness/refusal.ts'
import { type BrowserSession, type Session, signIn, signInAsBrowser, useToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const bogus = randomBytes(32).toString('base64url')
let app: Session
let browser: BrowserSession

beforeAll(async () => {
  app = await signIn(target.url, target.users.demo)
  browser = await signInAsBrowser(target.url, target.users.demo)
})

describe('POST /api/update/access-token', () => {
  test.each(BODY_FORMS)('answers a new access token and nothing else (%s)', async (form) => {
    const answer = await update(inForm(form, { user_id: app.userId }), { refreshToken: app.refreshToken })
    expect(answer.status).toBe(200)
    const result = objectOf(resultIn(form, answer.json))
    expect(Object.keys(result)).toEqual(['access_token'])
    expect(textAt(result, 'access_token')).not.toBe(app.token)
    expect((await useToken(target.url, textAt(result, 'access_token'))).status).toBe(200)
  })

  test('does not rotate: the same refresh token serves again and again', async () => {
    for (const _round of [1, 2, 3]) {
      expect((await update({ user_id: app.userId }, { refreshToken: app.refreshToken })).status).toBe(200)
    }
  })

  test('leaves the access token before it alive', async () => {
    await update({ user_id: app.userId }, { refreshToken: app.refreshToken })
    expect((await useToken(target.url, await app.bearer())).status).toBe(200)
  })

  test('sets no cookie, also for a browser', async () => {
    const answer = await update({ user_id: browser.userId }, { Cookie: browser.cookie })
    expect(answer.status).toBe(200)
    expect(answer.cookies).toEqual([])
  })
})

describe('where /api/update/access-token takes the refresh token from', () => {
  const user = () => ({ user_id: app.userId })
  const cases: [string, () => object, () => RequestHeaders][] = [
    ['the cookie', user, () => ({ Cookie: browser.cookie })],
    ['the header', user, () => ({ refreshToken: app.refreshToken })],
    ['refreshToken in the body', () => ({ ...user(), refreshToken: app.refreshToken }), () => ({})],
    ['refresh_token in the body', () => ({ ...user(), refresh_token: app.refreshToken }), () => ({})],
    ['the cookie before the header', user, () => ({ Cookie: browser.cookie, refreshToken: bogus })],
    [
      'the header before the body',
      () => ({ ...user(), refreshToken: bogus }),
      () => ({ refreshToken: app.refreshToken }),
    ],
    ...['', 'null', 'undefined'].map((nothing): [string, () => object, () => RequestHeaders] => [
      `the body where the header says "${nothing}"`,
      () => ({ ...user(), refreshToken: app.refreshToken }),
      () => ({ refreshToken: nothing }),
    ]),
    ['the header where the cookie is empty', user, () => ({ Cookie: 'refreshToken=', refreshToken: app.refreshToken })],
  ]

  test.each(cases)('%s', async (_name, body, headers) => {
    expect((await update(body(), headers())).status).toBe(200)
  })

  test.each<[string, () => object, () => RequestHeaders]>([
    [
      'the cookie, though the header is good',
      user,
      () => ({ Cookie: `refreshToken=${bogus}`, refreshToken: app.refreshToken }),
    ],
    [
      'the header, though the body is good',
      () => ({ ...user(), refreshToken: app.refreshToken }),
      () => ({ refreshToken: bogus }),
    ],
  ])('a bad one is refused where it counts: %s', async (_name, body, headers) => {
    expectUnauthorized(await update(body(), headers()))
  })

  test('an access_token header that says null, as old clients send it, or one that ended, is no matter', async () => {
    for (const stale of ['null', 'undefined', '', 'x.y.z']) {
      const answer = await update(user(), { refreshToken: app.refreshToken, access_token: stale })
      expect(answer.status).toBe(200)
    }
  })
})

describe('refusals of /api/update/access-token', () => {
  test('no refresh token: 401 in both forms', async () => {
    expectRefused(await update({ user_id: app.userId }, {}), { status: 401 })
    expectRefusedWrapped(await update(inForm('wrapped', { user_id: app.userId }), {}), {
      status: 401,
      name: 'werkzeug.exceptions.Unauthorized',
    })
  })

  test.each<[string, () => string]>([
    ['random text', () => bogus],
    ['an access token', () => app.token],
    ['a refresh token cut short', () => app.refreshToken.slice(0, -1)],
    ['a refresh token with one more character', () => `${app.refreshToken}A`],
  ])('%s: 401', async (_name, token) => {
    expectUnauthorized(await update({ user_id: app.userId }, { refreshToken: token() }))
  })

  test.each<[string, (id: number) => unknown]>([
    ['another user', (id) => id + 1],
    ['zero', () => 0],
    ['text that names nobody', () => 'nobody'],
  ])('a user_id that is not the user of the token: 401, and the grant lives on (%s)', async (_name, other) => {
    const answer = await update({ user_id: other(app.userId) }, { refreshToken: app.refreshToken })
    expectUnauthorized(answer)
    expect((await update({ user_id: app.userId }, { refreshToken: app.refreshToken })).status).toBe(200)
  })
})

function update(json: object, headers: RequestHeaders): Promise<Answer> {
  return call(target.url, { path: '/api/update/access-token', headers, json })
}
