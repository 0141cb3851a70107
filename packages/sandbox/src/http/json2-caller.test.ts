import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { makeApiKey } from '../testing/api-key.ts'
import { signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let adminKey: string
let demoKey: string
let adminSession: string

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 19 })
  adminKey = await makeApiKey(sandbox, 'admin')
  demoKey = await makeApiKey(sandbox, 'demo')
  adminSession = (await signIn(sandbox, 'admin')).sessionId
})
afterAll(() => sandbox.close())

type Told = { readonly status: number; readonly body: unknown; readonly challenge: string; readonly cookie: unknown }

/** Counts one partner. Not with `fetch`, which sets the headers of a visit itself. */
function count(headers: Record<string, string>): Promise<Told> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const sent = request(`${sandbox.url}/json/2/res.partner/search_count`, options, async (response) => {
      const text = (await response.toArray()).join('')
      const isJson = response.headers['content-type']?.startsWith('application/json')
      resolve({
        status: response.statusCode ?? 0,
        body: isJson ? JSON.parse(text) : text,
        challenge: response.headers['www-authenticate']?.trim() ?? '',
        cookie: response.headers['set-cookie'],
      })
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ domain: [['id', '=', 1]] }))
  })
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

const VISIT = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-user': '?1',
}
const NO_KEY = 'User not authenticated, use an API Key with a Bearer Authorization header.'

describe('who calls /json/2', () => {
  const session = () => ({ cookie: `session_id=${adminSession}` })

  test.each([
    ['nobody', () => ({}), 401, NO_KEY],
    ['somebody with a password', () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' }), 401, NO_KEY],
    ['somebody with an empty key', () => ({ authorization: 'Bearer ' }), 401, NO_KEY],
    ['somebody with a wrong key', () => bearer('nope'), 401, 'Invalid apikey'],
    ['somebody with a password for a key', () => bearer('admin'), 401, 'Invalid apikey'],
    [
      'a session that no visit is made in',
      session,
      401,
      'Missing "Authorization" or Sec-headers for interactive usage.',
    ],
    [
      'a session of another user',
      () => ({ ...session(), ...bearer(demoKey) }),
      403,
      'Session user does not match the used apikey.',
    ],
  ])('%s is refused', async (_name, headers, status, message) => {
    const told = await count(headers())
    expect(told).toMatchObject({ status, body: { message } })
    expect(told.challenge).toBe(status === 401 ? 'Bearer' : '')
  })

  test.each([
    ['a key, whatever the case of its word', () => ({ authorization: `bearer   ${adminKey}` })],
    ['a key in a session of the same user', () => ({ ...session(), ...bearer(adminKey) })],
    ['a session that a visit is made in', () => ({ ...session(), ...VISIT })],
  ])('%s is answered, without a session', async (_name, headers) => {
    const told = await count(headers())
    expect(told).toMatchObject({ status: 200, body: 1 })
    expect(told.cookie).toBeUndefined()
  })

  test('the database may be named, and no other', async () => {
    expect((await count({ ...bearer(adminKey), 'x-odoo-database': 'demo' })).status).toBe(200)
    const other = await count({ ...bearer(adminKey), 'x-odoo-database': 'nope' })
    expect(other).toMatchObject({ status: 404, body: expect.stringContaining('No database is selected') })
    const chosen = await count({ ...session(), 'x-odoo-database': 'nope' })
    expect(chosen).toMatchObject({ status: 403, body: expect.stringContaining('Cannot use both') })
  })
})
