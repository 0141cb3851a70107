import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWatched, type WatchedGateway } from '../../harness/gateway-behind.ts'
import type { Answer } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { sendSignIn } from '../../harness/session.ts'
import { canStartGateways, type Login, target } from '../../harness/target.ts'

/** What Odoo answers a wrong password; its own pause is not what is tested here. */
const DENIED = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  error: {
    code: 200,
    message: 'Odoo Server Error',
    data: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied', arguments: [], context: {} },
  },
})

const { admin, demo } = target.users
const WRONG = { ...demo, password: 'a guess' }

let gateway: WatchedGateway | undefined

/** Through a proxy that is trusted: the address is what the proxy says. */
function signInFrom(address: string, user: Login): Promise<Answer> {
  if (!gateway) throw new Error('no gateway')
  return sendSignIn(gateway.url, user, { headers: { 'X-Forwarded-For': address } })
}

/** How often Odoo was shown the guess. */
const guesses = () => gateway?.odoo.seen.filter(({ body }) => body.includes('a guess')).length

// skip: only a gateway of the suite's own can be attacked without harm to other suites.
describe.skipIf(!canStartGateways)('an attack on one account', () => {
  beforeAll(async () => {
    gateway = await startWatched({ trustedProxies: ['127.0.0.1'], throttle: {} })
    gateway.odoo.behave((_path, body) =>
      body.includes('a guess') ? { status: 200, type: 'application/json', body: DENIED } : 'pass',
    )
  })
  afterAll(() => gateway?.stop())
  beforeEach(async () => {
    // The owner has signed in from home before.
    expect((await signInFrom('198.51.100.7', demo)).status).toBe(200)
  })

  test('from one address: five guesses reach Odoo, of a hundred at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => signInFrom('203.0.113.1', WRONG)))
    expect(guesses()).toBe(5)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited).toHaveLength(95)
    for (const answer of limited) {
      expectRefused(answer, { status: 429, code: 'rate_limited' })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(290)
      expect(answer.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '0' })
      expect(answer.headers['ratelimit-reset']).toBe(answer.headers['retry-after'])
    }
  })

  test('its owner still signs in from home, other users from everywhere', async () => {
    expect((await signInFrom('198.51.100.7', demo)).status).toBe(200)
    expect((await signInFrom('203.0.113.1', admin)).status).toBe(200)
    expect((await signInFrom('203.0.113.1', demo)).status).toBe(429)
  })

  test('an address that the client writes itself in front changes nothing', async () => {
    expect((await signInFrom('192.0.2.99, 203.0.113.1', WRONG)).status).toBe(429)
  })

  test('from many addresses: a hundred guesses reach Odoo, and then only known addresses sign in', async () => {
    for (let host = 2; host < 25; host++) {
      await Promise.all(Array.from({ length: 5 }, () => signInFrom(`203.0.113.${host}`, WRONG)))
    }
    expect(guesses()).toBe(100)
    expect((await signInFrom('192.0.2.50', demo)).status).toBe(429)
    expect((await signInFrom('198.51.100.7', demo)).status).toBe(200)
    expect((await signInFrom('192.0.2.50', admin)).status).toBe(200)
  })

  test('from one address on many accounts: fifty guesses reach Odoo, and no more sign-ins come from there', async () => {
    const before = guesses() ?? 0
    const users = Array.from({ length: 60 }, (_, i) => ({ login: `nobody${i}`, password: 'a guess' }))
    const answers = await Promise.all(users.map((user) => signInFrom('2001:db8::1', user)))
    expect((guesses() ?? 0) - before).toBe(50)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
    expect((await signInFrom('2001:db8::ffff', admin)).status).toBe(429)
    expect((await signInFrom('2001:db8:0:1::1', admin)).status).toBe(200)
  })

  test('a login that is not there and a database that is not configured are limited alike', async () => {
    const inDatabase = async (db: string, login: string) => {
      const headers = { 'X-Forwarded-For': '192.0.2.60', db }
      const answers = []
      for (let i = 0; i < 6; i++) {
        answers.push(await sendSignIn(gateway?.url ?? '', { login, password: 'a guess' }, { headers }))
      }
      return answers.map(({ status, text }) => `${status} ${text}`)
    }
    const there = await inDatabase(target.database, 'portal')
    expect(await inDatabase(target.database, 'no such login')).toEqual(there)
    expect(await inDatabase('no_such_database', 'portal')).toEqual(there)
  })
})
