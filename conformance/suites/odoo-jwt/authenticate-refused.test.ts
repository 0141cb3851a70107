import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { wrapped } from '../../harness/envelope.ts'
import { type Answer, call, type RequestHeaders } from '../../harness/http-call.ts'
import { expectRefused, expectRefusedWrapped } from '../../harness/refusal.ts'
import { BROWSER, sendSignIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const { login, password } = target.users.demo

// Every case signs in with an account of its own where it can: failures of one account are counted.
const nobody = () => `nobody-${randomUUID()}@example.com`

describe('POST /api/authenticate with wrong credentials', () => {
  test('answers 401 in the bare form, without a token or a cookie', async () => {
    const answer = await authenticate({ login: nobody(), password: 'wrong' }, { 'User-Agent': BROWSER })
    expectRefused(answer, { status: 401 })
    expect(answer.cookies).toEqual([])
  })

  test('answers AccessDenied in the wrapped form', async () => {
    const answer = await authenticate(wrapped({ login: nobody(), password: 'wrong' }, 9))
    expectRefusedWrapped(answer, { status: 401, id: 9, name: 'odoo.exceptions.AccessDenied' })
  })

  test('does not tell an unknown user from a wrong password', async () => {
    const unknown = await authenticate({ login: nobody(), password: 'wrong' })
    const wrong = await authenticate({ login, password: `wrong-${randomUUID()}` })
    expect(wrong.text).toBe(unknown.text)
    expect(wrong.status).toBe(unknown.status)
  })

  test('does not tell an unknown database from a wrong password', async () => {
    const wrong = await authenticate({ login: nobody(), password: 'wrong' })
    const unknown = await authenticate({ db: 'no-such-database', login, password })
    expectRefused(unknown, { status: 401 })
    expect(unknown.text).toBe(wrong.text)
    expect(unknown.cookies).toEqual([])
  })

  test('repeats neither the login nor the password', async () => {
    const account = nobody()
    const secret = `secret-${randomUUID()}`
    const answer = await authenticate({ login: account, password: secret })
    expect(answer.text).not.toContain(secret)
    expect(answer.text).not.toContain(account)
  })

  test('leaves the account as it was', async () => {
    await authenticate({ login, password: `wrong-${randomUUID()}` })
    expect((await sendSignIn(target.url, target.users.demo)).status).toBe(200)
  })
})

describe('POST /api/authenticate with parameters that cannot be', () => {
  const cases: [string, object][] = [
    ['no parameters', {}],
    ['no password', { login }],
    ['no login', { password }],
    ['a login that is a number', { login: 7, password }],
    ['a password that is a list', { login, password: [password] }],
    ['a login that is null', { login: null, password }],
    ['a db that is an object', { db: { name: target.database }, login, password }],
  ]

  test.each(cases)('answers 400 in the bare form: %s', async (_name, params) => {
    expectRefused(await authenticate(params), { status: 400 })
  })

  test.each(cases)('answers 400 in the wrapped form: %s', async (_name, params) => {
    expectRefusedWrapped(await authenticate(wrapped(params)), { status: 400 })
  })

  test.each([
    ['a list', [login, password]],
    ['text', 'login'],
    ['null', null],
  ])('answers 400 for params that are %s', async (_name, params) => {
    const answer = await call(target.url, { path: '/api/authenticate', json: { jsonrpc: '2.0', id: 1, params } })
    expectRefusedWrapped(answer, { status: 400 })
  })
})

function authenticate(json: object, headers: RequestHeaders = {}): Promise<Answer> {
  return call(target.url, { path: '/api/authenticate', headers, json })
}
