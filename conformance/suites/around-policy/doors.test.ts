import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { objectOf } from '../../harness/json-reading.ts'
import { readJwt } from '../../harness/jwt.ts'
import { recordsOf } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { sendSignIn, signIn, updateAccessToken, updateRefreshToken } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'
import { openStage, type Stage } from './stage.ts'

const { admin, portal } = target.users

// skip: needs the sandbox, whose every record is the test's own; what others write to an Odoo would look like a leak.
describe.skipIf(target.kind !== 'sandbox')('ways to another door', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.stop())

  /** A page of contacts with the token of the API `fence`. */
  const page = async (headers: RequestHeaders, query = ''): Promise<Answer> =>
    call(stage.url, {
      path: `/api/send_request?model=res.partner&fields=["name"]${query}`,
      headers: { Authorization: `Bearer ${await stage.session.bearer()}`, ...headers },
    })

  test.each<[string, RequestHeaders, string]>([
    ['another API', { 'X-Gatehouse-Api': 'default' }, ''],
    ['an API that there is not', { 'X-Gatehouse-Api': 'nowhere' }, ''],
    ['two APIs, of which one is the right one', { 'X-Gatehouse-Api': ['fence', 'default'] }, ''],
    ['another database', { db: 'other' }, ''],
    ['another database by its other header', { 'X-Odoo-Database': 'other' }, ''],
    ['another database in the query', {}, '&db=other'],
    ['two databases in the query', {}, '&db=demo&db=other'],
    ['a company in the query', {}, '&company_id=2'],
  ])('a call with a token that names %s', async (_name, headers, query) => {
    await stage.expectNothing(await page(headers, query))
  })

  test('an API without the way in', async () => {
    for (const api of ['closed', 'keys-only']) {
      expectRefused(await sendSignIn(stage.url, admin, { api }), { status: 403, code: 'way_in_closed' })
    }
  })

  describe('an API that may be used from elsewhere alone', () => {
    test.each<[string, RequestHeaders]>([
      ['from here', {}],
      ['from here, with a forwarded address', { 'X-Forwarded-For': '203.0.113.9' }],
      ['with several', { 'X-Forwarded-For': '203.0.113.9, 203.0.113.10' }],
      ['with a standard one', { Forwarded: 'for=203.0.113.9' }],
      ['with those of other proxies', { 'X-Real-IP': '203.0.113.9', 'True-Client-IP': '203.0.113.9' }],
    ])('%s: 403 in the shape of each surface', async (_name, headers) => {
      const bare = await sendSignIn(stage.url, admin, { api: 'elsewhere', path: '/api/login', headers })
      expectRefused(bare, { status: 403, code: 'address_refused' })
      const wrapped = await call(stage.url, {
        path: '/api/authenticate',
        headers: { 'X-Gatehouse-Api': 'elsewhere', ...headers },
        json: { jsonrpc: '2.0', id: 1, params: { login: admin.login, password: admin.password } },
      })
      expect(wrapped.status).toBe(403)
      expect(objectOf(wrapped.json)).toMatchObject({ error: { data: { name: 'odoo.exceptions.AccessError' } } })
    })

    test('a wrong password is not tried: the answer is the same', async () => {
      const [right, wrong] = await Promise.all(
        [admin, { ...admin, password: 'wrong' }].map((user) => sendSignIn(stage.url, user, { api: 'elsewhere' })),
      )
      expect(wrong?.text).toBe(right?.text)
    })
  })

  test('a token through an API with scopes says what it is for', async () => {
    const { token } = await signIn(stage.url, admin, { api: 'scoped' })
    expect(readJwt(token).claims).toMatchObject({ scope: 'res.partner:read res.country:update' })
    const scoped = recordsOf(await signIn(stage.url, admin, { api: 'scoped' }))
    expect((await scoped.read('res.partner', { fields: ['name'], limit: 1 })).status).toBe(200)
    expectRefused(await scoped.read('res.country', { fields: ['name'], limit: 1 }), { status: 403 })
  })

  test('a portal user, whom Odoo tells no company at sign-in, has one, and stays in it', async () => {
    const records = recordsOf(await signIn(stage.url, portal, { api: 'company' }))
    expect((await records.read('res.partner', { fields: ['name', 'company_id'] })).status).toBe(200)
    expectRefused(await records.create('res.partner', { values: { name: 'x', company_id: 2 } }), { status: 403 })
  })
})

// skip: needs the sandbox, as above.
describe.skipIf(target.kind !== 'sandbox')('an API with a limit for each sign-in', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.stop())

  test('tells what is left, refuses what is too much with 429, renewals among it, and lets others be', async () => {
    const first = await signIn(stage.url, admin, { api: 'limited' })
    const headers = { Authorization: `Bearer ${first.token}` }
    const read = () => call(stage.url, { path: '/api/send_request?model=res.partner&fields=["name"]&limit=1', headers })
    const left: unknown[] = []
    for (let calls = 0; calls < 3; calls++) {
      const answer = await read()
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-policy': '3;w=60' })
      left.push(answer.headers['ratelimit-remaining'])
    }
    expect(left).toEqual(['2', '1', '0'])
    for (const refused of [await read(), await updateAccessToken(first), await updateRefreshToken(first)]) {
      expectRefused(refused, { status: 429, code: 'rate_limited' })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
      expect(refused.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '0' })
      expect(refused.headers['ratelimit-reset']).toBe(refused.headers['retry-after'])
    }
    const other = recordsOf(await signIn(stage.url, admin, { api: 'limited' }))
    expect((await other.read('res.partner', { fields: ['name'], limit: 1 })).status).toBe(200)
  })

  test('an API without a limit tells none', async () => {
    const answer = await stage.fence.read('res.partner', { fields: ['name'], limit: 1 })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([])
  })
})
