import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { target } from '../../harness/target.ts'
import { steadyCode, wrongCode } from '../../harness/totp.ts'
import { beginSignIn, finish, type MfaGateway, sendMfa, startMfaGateway } from './stage.ts'

const V1 = { success: false, message: expect.any(String), code: expect.any(String) }

// skip: the user with a second factor is the sandbox's.
describe.skipIf(target.kind !== 'sandbox')('a second factor that is refused', () => {
  let gateway: MfaGateway
  beforeAll(async () => {
    gateway = await startMfaGateway()
  })
  afterAll(() => gateway.stop())

  const guess = () => wrongCode(gateway.secret, Date.now())

  test('wrong: 401 in the shape of the surface that began it, and the right one still works', async () => {
    const token = await beginSignIn(gateway, '/api/login')
    expectRefused(await sendMfa(gateway, { mfa_token: token, code: guess() }), { status: 401, code: 'invalid_code' })
    expect((await finish(gateway, token)).status).toBe(200)
  })

  test('used, tried five times or not known: 401, the same sentence', async () => {
    const used = await beginSignIn(gateway)
    await finish(gateway, used)
    const tried = await beginSignIn(gateway)
    for (let i = 0; i < 5; i++) expect((await sendMfa(gateway, { mfa_token: tried, code: guess() })).status).toBe(401)

    const answers = [await finish(gateway, used), await finish(gateway, tried)]
    for (const answer of answers) expectRefused(answer, { status: 401, code: 'invalid_code' })
    const unknown = await finish(gateway, `mfa_${'A'.repeat(43)}`)
    expect(unknown.status).toBe(401)
    expect(unknown.json).toEqual(V1)
    const sentences = [...answers, unknown].map(({ json }) => (json as { message: string }).message)
    expect(new Set(sentences).size).toBe(1)
  })

  test('the right code sent many times at once signs in once', async () => {
    const token = await beginSignIn(gateway)
    const code = await steadyCode(gateway.secret)
    const answers = await Promise.all(Array.from({ length: 4 }, () => sendMfa(gateway, { mfa_token: token, code })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  test.each([
    { name: 'no mfa_token', body: { code: '123456' } },
    { name: 'an empty mfa_token', body: { mfa_token: '', code: '123456' } },
    { name: 'an mfa_token that is no text', body: { mfa_token: 7, code: '123456' } },
    { name: 'a list', body: [] },
    { name: 'nothing', body: {} },
  ])('$name: 400 in the shape of /api/v1', async ({ body }) => {
    const answer = await sendMfa(gateway, body)
    expect(answer.status).toBe(400)
    expect(answer.json).toEqual(V1)
  })

  test.each([
    { name: 'no code', body: {} },
    { name: 'a code that is a number', body: { code: 123_456 } },
    { name: 'an empty code', body: { code: ' ' } },
    { name: 'a code without end', body: { code: '1'.repeat(65) } },
    { name: 'a remember that is no yes or no', body: { code: '123456', remember: 'yes' } },
  ])('$name: 400 in the shape of the surface, and it takes no try', async ({ body }) => {
    const token = await beginSignIn(gateway)
    for (let i = 0; i < 6; i++) {
      expectRefused(await sendMfa(gateway, { mfa_token: token, ...body }), { status: 400, code: 'invalid_request' })
    }
    expect((await finish(gateway, token)).status).toBe(200)
  })

  test('through another API or database than it was begun for: 403', async () => {
    const token = await beginSignIn(gateway)
    const code = await steadyCode(gateway.secret)
    const answer = await sendMfa(gateway, { mfa_token: token, code }, { 'X-Gatehouse-Api': 'alone' })
    expect(answer.status).toBe(403)
    expect((await sendMfa(gateway, { mfa_token: token, code, db: 'other' })).status).toBe(403)
    expect((await finish(gateway, token)).status).toBe(200)
  })

  test('a code in the address: 400, and GET is no method', async () => {
    const token = await beginSignIn(gateway)
    const { url } = gateway
    const query = { mfa_token: token }
    expect((await call(url, { path: '/api/v1/auth/mfa', query, json: { code: '123456' } })).status).toBe(400)
    expect((await call(url, { path: '/api/v1/auth/mfa' })).status).toBe(405)
    expect((await finish(gateway, token)).status).toBe(200)
  })
})

// skip: the user with a second factor is the sandbox's.
test.skipIf(target.kind !== 'sandbox')('wrong codes count as failures of the account: 429 on the sixth', async () => {
  const gateway = await startMfaGateway({ throttle: {} })
  try {
    const first = await beginSignIn(gateway)
    const second = await beginSignIn(gateway)
    const guess = wrongCode(gateway.secret, Date.now())
    for (const token of [first, first, first, second, second]) {
      expect((await sendMfa(gateway, { mfa_token: token, code: guess })).status).toBe(401)
    }
    const limited = await finish(gateway, second)
    expectRefused(limited, { status: 429, code: 'rate_limited' })
    expect(limited.headers).toMatchObject({ 'ratelimit-limit': '5', 'retry-after': expect.any(String) })
  } finally {
    await gateway.stop()
  }
})
