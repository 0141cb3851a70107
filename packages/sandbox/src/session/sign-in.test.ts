import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { SANDBOX_USERS } from '../index.ts'
import { post, signIn, startTestSandbox, TEST_NOW_MS } from '../testing/client.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
})

afterAll(() => sandbox.close())

const authenticate = (login: unknown, password: unknown, sessionId?: string, db: unknown = 'demo') =>
  post(sandbox, '/web/session/authenticate', { db, login, password }, sessionId)

const count = (sessionId?: string) =>
  post(
    sandbox,
    '/web/dataset/call_kw',
    { model: 'res.partner', method: 'search_count', args: [[['id', '=', 7]]], kwargs: {} },
    sessionId,
  )

describe('a password', () => {
  test.each([
    { login: 'admin', uid: 2, is_system: true, is_internal_user: true },
    { login: 'demo', uid: 6, is_system: false, is_internal_user: true },
    { login: 'portal', uid: 7, is_system: false, is_internal_user: false },
  ])('opens a session for $login', async ({ login, ...facts }) => {
    const { body, sessionId } = await authenticate(login, login)
    expect(body.result).toMatchObject({ ...facts, username: login, db: 'demo', server_version: '18.0' })
    expect(sessionId).toMatch(/^[\w-]{84}$/)
  })

  test('sets the cookie with the attributes of a real server', async () => {
    const { setCookie } = await authenticate('demo', 'demo')
    const year = new Date(TEST_NOW_MS + 365 * 24 * 3600 * 1000).toUTCString()
    expect(setCookie).toMatch(new RegExp(`^session_id=[^;]{84}; Expires=${year}; Max-Age=604800; HttpOnly; Path=/$`))
  })

  test.each([
    ['a wrong password', 'demo', 'nope'],
    ['an unknown user', 'nobody', 'nobody'],
    ['another spelling', 'DEMO', 'demo'],
    ['spaces', ' demo ', 'demo'],
    ['an empty password', 'demo', ''],
    ['null for a password', 'demo', null],
    ['a user without a password', 'public', 'public'],
    ['the archived superuser', '__system__', ''],
  ])('is refused for %s without a cookie', async (_case, login, password) => {
    const { status, body, setCookie } = await authenticate(login, password)
    expect(status).toBe(200)
    expect(body.error).toMatchObject({
      code: 200,
      message: 'Odoo Server Error',
      data: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied', arguments: ['Access Denied'] },
    })
    expect(setCookie).toBeNull()
  })

  test('is refused for another database', async () => {
    const { body } = await authenticate('demo', 'demo', undefined, 'other')
    expect(body.error?.data).toMatchObject({ name: 'odoo.exceptions.AccessError', message: 'Database not found.' })
  })

  test('of a user with a second factor leaves the session half open', async () => {
    const { body, sessionId } = await authenticate('totp', 'totp')
    expect(body).toEqual({ jsonrpc: '2.0', id: 7, result: { uid: null } })
    expect(sessionId).toMatch(/^[\w-]{84}$/)
    expect((await count(sessionId)).body.error?.data.name).toBe('odoo.http.SessionExpiredException')
  })

  test('is published for every user of the sandbox', async () => {
    for (const { login, password } of SANDBOX_USERS) {
      expect((await authenticate(login, password)).body.error).toBeUndefined()
    }
  })
})

describe('a session', () => {
  test('that nobody opened is expired with code 100', async () => {
    for (const id of [undefined, 'x', 'a'.repeat(84)]) {
      const { status, body } = await count(id)
      expect(status).toBe(200)
      expect(body.error).toMatchObject({
        code: 100,
        message: 'Odoo Session Expired',
        data: { name: 'odoo.http.SessionExpiredException', message: 'Session expired' },
      })
    }
  })

  test('sends its cookie again with the first call only', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    expect((await count(sessionId)).sessionId).toBe(sessionId)
    expect((await count(sessionId)).setCookie).toBeNull()
  })

  test('is rotated by a sign-in over it; the old id dies', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    const next = await authenticate('demo', 'demo', sessionId)
    expect(next.sessionId).not.toBe(sessionId)
    expect((await count(sessionId)).body.error?.code).toBe(100)
    expect((await count(next.sessionId)).body.result).toBe(1)
  })

  test('survives a failed sign-in over it', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    await authenticate('demo', 'wrong', sessionId)
    expect((await count(sessionId)).body.result).toBe(1)
  })

  test('ends when it is destroyed; the answer has no result and another cookie', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    const destroyed = await post(sandbox, '/web/session/destroy', {}, sessionId)
    expect(destroyed.hasResult).toBe(false)
    expect(destroyed.body.error).toBeUndefined()
    expect(destroyed.sessionId).not.toBe(sessionId)
    expect((await count(sessionId)).body.error?.code).toBe(100)
  })

  test('is checked without a result', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    expect((await post(sandbox, '/web/session/check', {}, sessionId)).body).toEqual({ jsonrpc: '2.0', id: 7 })
    expect((await post(sandbox, '/web/session/check', {})).body.error?.code).toBe(100)
  })

  test('tells its information with the same cookie', async () => {
    const { sessionId } = await signIn(sandbox, 'demo')
    const info = await post(sandbox, '/web/session/get_session_info', {}, sessionId)
    expect(info.body.result).toMatchObject({
      uid: 6,
      partner_id: 7,
      partner_display_name: 'YourCompany, Marc Demo',
      user_context: { lang: 'en_US', tz: 'Europe/Brussels', uid: 6 },
      user_companies: { current_company: 1 },
      'web.base.url': sandbox.url,
    })
    expect(info.sessionId).toBe(sessionId)
    expect((await post(sandbox, '/web/session/get_session_info', {})).body.error?.code).toBe(100)
  })

  test.each([
    ['the password changes', { password: 'other' }],
    ['the login changes', { login: 'renamed@example.com' }],
    ['the user is archived', { active: false }],
  ])('dies at once when %s', async (_case, change) => {
    const admin = await signIn(sandbox, 'admin')
    const login = `short-lived-${Object.keys(change)[0]}`
    const id = await admin.call('res.users', 'create', [{ name: 'Short', login, password: 'secret' }])
    const user = await signIn(sandbox, login, 'secret')
    expect(await user.call('res.partner', 'search_count', [[['id', '=', 7]]])).toBe(1)
    await admin.call('res.users', 'write', [[id], change])
    expect((await count(user.sessionId)).body.error?.code).toBe(100)
  })

  test('dies when its own user changes the password', async () => {
    const admin = await signIn(sandbox, 'admin')
    await admin.call('res.users', 'create', [{ name: 'Own', login: 'own', password: 'first' }])
    const user = await signIn(sandbox, 'own', 'first')
    expect(await user.call('res.users', 'change_password', ['first', 'second'])).toBe(true)
    expect((await count(user.sessionId)).body.error?.code).toBe(100)
    await signIn(sandbox, 'own', 'second')
  })

  test('ends after seven idle days, and lives on when it is used', async () => {
    let now = TEST_NOW_MS
    const clocked = await startTestSandbox({ nowMs: () => now })
    const ask = (sessionId: string) => post(clocked, '/web/session/check', {}, sessionId)
    try {
      const used = (await signIn(clocked, 'demo')).sessionId
      const idle = (await signIn(clocked, 'demo')).sessionId
      now += 4 * 24 * 3600 * 1000
      expect((await ask(used)).body.error).toBeUndefined()
      now += 4 * 24 * 3600 * 1000
      expect((await ask(used)).body.error).toBeUndefined()
      expect((await ask(idle)).body.error?.code).toBe(100)
    } finally {
      await clocked.close()
    }
  })
})

describe('what everybody may ask', () => {
  test.each([
    ['/web/webclient/version_info', { server_version: '18.0', server_serie: '18.0', protocol_version: 1 }],
    ['/web/database/list', ['demo']],
  ])('%s, with a new anonymous cookie each time', async (path, result) => {
    const first = await post(sandbox, path, {})
    const second = await post(sandbox, path, {})
    expect(first.body.result).toMatchObject(result)
    expect(first.sessionId).toHaveLength(84)
    expect(second.sessionId).not.toBe(first.sessionId)
  })

  test('an anonymous cookie opens nothing', async () => {
    const { sessionId } = await post(sandbox, '/web/webclient/version_info', {})
    expect((await count(sessionId)).body.error?.code).toBe(100)
  })

  test('/web/health', async () => {
    const response = await fetch(`${sandbox.url}/web/health`)
    expect(await response.json()).toEqual({ status: 'pass' })
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})
