import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, post, signIn, startTestSandbox } from '../testing/client.ts'
import { getFromThisMachine } from './outbound.ts'

const OWNERS: Readonly<Record<string, object>> = {
  'token-known': { sub: 'known', email: 'known@example.com' },
  'token-again': { sub: 'known' },
  'token-new': { user_id: 'new', email: 'new@example.com', name: 'Somebody New' },
  'token-nobody': { email: 'nobody@example.com' },
  'token-error': { error: 'expired' },
}

let provider: Server
let providerUrl: string
let asked: (string | undefined)[]
let sandbox: Sandbox
let admin: Client
let providerId: number

beforeEach(async () => {
  asked = []
  provider = createServer((request, response) => {
    asked.push(request.headers.authorization)
    const url = new URL(request.url ?? '/', 'http://provider')
    const bearer = request.headers.authorization?.replace('Bearer ', '')
    const owner = OWNERS[bearer ?? url.searchParams.get('access_token') ?? '']
    response.writeHead(owner ? 200 : 401, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify(owner ?? { error: 'invalid_token' }))
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  const address = provider.address()
  providerUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
  const endpoints = { auth_endpoint: `${providerUrl}/auth`, validation_endpoint: `${providerUrl}/who` }
  const values = { name: 'Here', body: 'Here', client_id: 'x', enabled: true, ...endpoints }
  providerId = (await admin.call('auth.oauth.provider', 'create', [values])) as number
  await admin.call('res.users', 'create', [
    { name: 'Known', login: 'known', oauth_provider_id: providerId, oauth_uid: 'known' },
  ])
})

afterEach(async () => {
  await sandbox.close()
  await new Promise((resolve) => provider.close(resolve))
})

const stateOf = (changes: object = {}) =>
  JSON.stringify({ d: 'demo', p: providerId, r: encodeURIComponent('http://127.0.0.1/odoo/contacts'), ...changes })

/** Where the browser is sent, or the status of a page. */
async function comeBack(params: Record<string, string>): Promise<{ to: string | number; sessionId: string }> {
  const url = `${sandbox.url}/auth_oauth/signin?${new URLSearchParams(params)}`
  const response = await fetch(url, { redirect: 'manual' })
  const sessionId = /session_id=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? ''
  await response.arrayBuffer()
  return { to: response.headers.get('location') ?? response.status, sessionId }
}

const whoIs = async (sessionId: string) => {
  const { body } = await post(sandbox, '/web/session/get_session_info', {}, sessionId)
  return body.error?.code ?? (body.result as { username: string }).username
}

describe('a sign-in through a provider', () => {
  test('opens the session of the user whom the provider names, and goes where the browser wanted', async () => {
    const { to, sessionId } = await comeBack({ access_token: 'token-known', state: stateOf() })
    expect(to).toBe('/odoo/contacts')
    expect(await whoIs(sessionId)).toBe('known')
  })

  test('ends the session that an earlier token opened', async () => {
    const first = await comeBack({ access_token: 'token-known', state: stateOf() })
    const second = await comeBack({ access_token: 'token-again', state: stateOf() })
    expect([await whoIs(first.sessionId), await whoIs(second.sessionId)]).toEqual([100, 'known'])
  })

  test('never leads to another site', async () => {
    const r = encodeURIComponent('https://evil.example/x')
    expect((await comeBack({ access_token: 'token-known', state: stateOf({ r }) })).to).toBe('/x')
  })

  test('signs somebody unknown up as a customer, where sign-up is open', async () => {
    await admin.call('ir.config_parameter', 'set_param', ['auth_signup.invitation_scope', 'b2c'])
    const r = encodeURIComponent('http://127.0.0.1/web')
    const { to, sessionId } = await comeBack({ access_token: 'token-new', state: stateOf({ r }) })
    expect(to).toBe('/')
    expect(await whoIs(sessionId)).toBe('new@example.com')
    expect(await admin.call('res.users', 'search_read', [[['oauth_uid', '=', 'new']], ['name', 'share']])).toEqual([
      { id: expect.any(Number), name: 'Somebody New', share: true },
    ])
  })

  test('signs nobody up where it is not', async () => {
    await admin.call('ir.config_parameter', 'set_param', ['auth_signup.invitation_scope', 'b2b'])
    const { to, sessionId } = await comeBack({ access_token: 'token-new', state: stateOf() })
    expect(to).toBe('/web/login?oauth_error=3')
    expect(await whoIs(sessionId)).toBe(100)
    expect(await admin.call('res.users', 'search_count', [[['oauth_uid', '=', 'new']]])).toBe(0)
  })

  test('asks with the token in a header, where a system parameter says so', async () => {
    await admin.call('ir.config_parameter', 'set_param', ['auth_oauth.authorization_header', '1'])
    expect((await comeBack({ access_token: 'token-known', state: stateOf() })).to).toBe('/odoo/contacts')
    expect(asked).toEqual(['Bearer token-known'])
  })
})

describe('what comes back from elsewhere', () => {
  test.each([
    ['a token that the provider refuses', { access_token: 'bogus' }, '/web/login?oauth_error=2'],
    ['a token that has an error', { access_token: 'token-error' }, '/web/login?oauth_error=2'],
    ['no token', { error: 'access_denied' }, '/web/login?oauth_error=2'],
    ['a token of nobody', { access_token: 'token-nobody' }, '/web/login?oauth_error=3'],
  ])('with %s opens no session', async (_case, params, expected) => {
    const { to, sessionId } = await comeBack({ ...params, state: stateOf() })
    expect(to).toBe(expected)
    expect(await whoIs(sessionId)).toBe(100)
  })

  test.each([
    ['without a state', {}, 500],
    ['with a state that is no JSON', { state: 'notjson' }, 500],
    ['with a state that is a list', { state: '[]' }, 500],
    ['with a state without a provider', { state: '{"d":"demo"}' }, 500],
    ['for another database', { state: '{"d":"other","p":1}' }, 400],
    ['for a provider that is not there', { state: '{"d":"demo","p":999}' }, '/web/login?oauth_error=2'],
    ['for a provider that is text', { state: '{"d":"demo","p":"1"}' }, '/web/login?oauth_error=2'],
    ['for a provider on another machine', { state: '{"d":"demo","p":3}' }, '/web/login?oauth_error=2'],
  ])('%s is refused', async (_case, params, expected) => {
    expect((await comeBack({ access_token: 'token-known', ...params })).to).toBe(expected)
    expect(asked).toEqual([])
  })
})

test('users that are archived do not come in through a provider', async () => {
  const ids = await admin.call('res.users', 'search', [[['login', '=', 'known']]])
  await admin.call('res.users', 'write', [ids, { active: false }])
  expect((await comeBack({ access_token: 'token-known', state: stateOf() })).to).toBe('/web/login?oauth_error=3')
})

test('a user stands for one subject of a provider only', async () => {
  const values = { name: 'Twin', login: 'twin', oauth_provider_id: providerId, oauth_uid: 'known' }
  await expect(admin.call('res.users', 'create', [values])).rejects.toThrow('OAuth UID must be unique per provider')
})

test.each(['http://example.com/', 'https://127.0.0.1/', 'http://10.0.0.1/', 'file:///etc/passwd', 'http://0.0.0.0/'])(
  'the sandbox does not ask %s',
  (url) => {
    expect(() => getFromThisMachine(url)).toThrow('on this machine only')
  },
)
