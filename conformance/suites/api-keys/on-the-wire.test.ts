import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoKeyOf, madeKey, readPartner } from '../../harness/api-keys.ts'
import { sandboxUrlOf } from '../../harness/demo-credentials.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { call, type RequestHeaders } from '../../harness/http-call.ts'
import { expectRefused, expectRefusedWrapped } from '../../harness/refusal.ts'
import { readProtected, signIn, waitForStatus } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** How long a node may take to hear of a revocation. CONTRACT §0. */
const REVOKED_WITHIN_MS = 5_000

const INVALID = {
  error: 'invalid_api_key',
  message: 'The API key is not valid: it is wrong, has expired or was revoked.',
}

// skip: needs a data directory beside the gateway, and the demo's key, which only the sandbox has.
describe.skipIf(target.kind !== 'sandbox')('API keys', () => {
  let gateway: Gateway
  let key: string

  beforeAll(async () => {
    gateway = await startGateway()
    key = demoKeyOf(gateway)
  })
  afterAll(() => gateway.stop())

  const POSITIONS: [string, (key: string) => RequestHeaders][] = [
    ['Authorization: Bearer', (one) => ({ Authorization: `Bearer ${one}` })],
    ['Authorization without a scheme', (one) => ({ Authorization: one })],
    ['X-API-Key', (one) => ({ 'X-API-Key': one })],
    ['api-key', (one) => ({ 'api-key': one })],
    ['API-KEY', (one) => ({ 'API-KEY': one })],
    ['Bearer and X-API-Key alike', (one) => ({ Authorization: `Bearer ${one}`, 'X-API-Key': one })],
    ['X-API-Key and api-key alike', (one) => ({ 'X-API-Key': one, 'api-key': one })],
    ['X-API-Key beside an empty Authorization', (one) => ({ 'X-API-Key': one, Authorization: '' })],
    ['X-API-Key beside "Bearer undefined"', (one) => ({ 'X-API-Key': one, Authorization: 'Bearer undefined' })],
  ]

  test.each(POSITIONS)('open calls in %s', async (_, headers) => {
    expect((await readPartner(gateway.url, headers(key))).status).toBe(200)
  })

  test('act as their Odoo user, on every surface', async () => {
    const answer = await readProtected(gateway.url, { 'X-API-Key': key })
    expect(answer.status).toBe(200)
    const values = { values: { name: 'Made with a key' }, fields: ['create_uid'] }
    const query = { model: 'res.partner' }
    const path = '/api/send_request'
    const made = await call(gateway.url, { method: 'POST', path, query, headers: { 'X-API-Key': key }, json: values })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ record: { create_uid: [6, 'Marc Demo'] } })
  })

  test('and a token beside them are two credentials', async () => {
    const session = await signIn(gateway.url, target.users.demo)
    const refusal = { status: 400, code: 'multiple_credentials' }
    const token = `Bearer ${session.token}`
    expectRefused(await readPartner(gateway.url, { Authorization: token, 'X-API-Key': key }), refusal)
    const other = await madeKey(gateway)
    expectRefused(await readPartner(gateway.url, { 'X-API-Key': key, 'api-key': other.key }), refusal)
  })

  test.each<[string, (good: string) => string]>([
    ['unknown', () => `ghk_${'a'.repeat(43)}`],
    ['cut', (good) => good.slice(0, -1)],
    ['longer', (good) => `${good}a`],
    ['in other letters', (good) => `ghk_${good.slice(4).toLowerCase()}`],
    ['empty but for its beginning', () => 'ghk_'],
  ])('that are %s are refused alike', async (_, change) => {
    const answer = await readPartner(gateway.url, { 'X-API-Key': change(key) })
    expectRefused(answer, { status: 401, code: 'invalid_api_key' })
    expect(answer.json).toEqual(INVALID)
  })

  test('are refused in the form of the surface', async () => {
    const headers = { 'X-API-Key': 'ghk_wrong' }
    const json = { jsonrpc: '2.0', id: 1, params: {} }
    const answer = await call(gateway.url, { path: '/api/protected/json', headers, json })
    expectRefusedWrapped(answer, { status: 401, name: 'werkzeug.exceptions.Unauthorized' })
  })

  test('that are revoked are refused within 5 s, alike, and their grant has ended', async () => {
    const made = await madeKey(gateway)
    expect((await readPartner(gateway.url, { 'X-API-Key': made.key })).status).toBe(200)
    expect((await runGatehouse(['key', 'revoke', made.prefix], gateway)).code).toBe(0)
    const send = () => readPartner(gateway.url, { 'X-API-Key': made.key })
    expect(await waitForStatus(send, 401, REVOKED_WITHIN_MS)).toBeDefined()
    expect((await send()).json).toEqual(INVALID)
    const { json } = await runGatehouse(['grant', 'list', '--ended', '--json'], gateway)
    expect(json).toMatchObject({
      grants: [{ id: made.grantId, surface: 'api-key', clientId: `key:${made.id}`, endedReason: 'key_revoked' }],
    })
  })

  test('that have run out are refused alike', async () => {
    const made = await madeKey(gateway, ['--expires', '2s'])
    const send = () => readPartner(gateway.url, { 'X-API-Key': made.key })
    expect(await waitForStatus(send, 401, REVOKED_WITHIN_MS)).toBeDefined()
    expect((await send()).json).toEqual(INVALID)
  })

  test.each([
    ['127.0.0.0/8', 200],
    ['127.0.0.1', 200],
    ['10.0.0.0/8', 403],
    ['2001:db8::/32', 403],
  ])('for %s are answered %i from 127.0.0.1', async (address, status) => {
    const made = await madeKey(gateway, ['--address', address])
    const answer = await readPartner(gateway.url, { 'X-API-Key': made.key })
    expect(answer.status).toBe(status)
    if (status === 403) expectRefused(answer, { status, code: 'address_refused' })
  })

  test('with a list of addresses take no forwarded address from a peer that is no trusted proxy', async () => {
    const made = await madeKey(gateway, ['--address', '127.0.0.1'])
    const headers = { 'X-API-Key': made.key, 'X-Forwarded-For': '127.0.0.1' }
    expectRefused(await readPartner(gateway.url, headers), { status: 403, code: 'address_refused' })
  })

  test('give no more than their scopes', async () => {
    const made = await madeKey(gateway, ['--scope', 'res.partner:read', '*:create'])
    const headers = { 'X-API-Key': made.key }
    expect((await readPartner(gateway.url, headers)).status).toBe(200)
    const country = { model: 'res.country', fields: '["code"]' }
    expectRefused(await readPartner(gateway.url, headers, country), { status: 403, code: 'insufficient_scope' })
    const query = { model: 'res.partner', id: '1' }
    const write = { method: 'PUT', path: '/api/send_request', query, headers, json: { values: { city: 'Gent' } } }
    expectRefused(await call(gateway.url, write), { status: 403, code: 'insufficient_scope' })
  })

  test.each<[string, RequestHeaders, string]>([
    ['another API', { 'X-Gatehouse-Api': 'demo-sso' }, 'wrong_api'],
    ['another database', { db: 'other' }, 'wrong_database'],
  ])('are for one API of one database: %s is refused', async (_, headers, code) => {
    expectRefused(await readPartner(gateway.url, { 'X-API-Key': key, ...headers }), { status: 403, code })
  })

  test('are not taken in a query', async () => {
    expectRefused(await readPartner(gateway.url, {}, { api_key: key }), { status: 400 })
  })

  test('never show in the log', async () => {
    await readPartner(gateway.url, { 'X-API-Key': key })
    await readPartner(gateway.url, { 'X-API-Key': `${key}x` })
    expect(gateway.output()).not.toContain(key.slice(0, 20))
  })

  test('of the demo are refused where the sandbox does not run, though a database has its name', async () => {
    const root = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'))
    const dataDir = join(root, 'data')
    const first = await startGateway({ dataDir })
    const demoKey = demoKeyOf(first)
    await first.stop()
    const odooUrl = sandboxUrlOf(gateway)
    const api = { name: 'default', database: 'demo', waysIn: ['password', 'api_key'], exposures: PARTNERS }
    const env = { ODOO_URL: odooUrl, ODOO_DB: 'demo' }
    const real = await startGateway({ dataDir, settings: { apis: [api] }, env })
    try {
      const { json } = await runGatehouse(['key', 'list', '--json'], { dataDir, env })
      expect(json).toMatchObject({ keys: [{ prefix: demoKey.slice(0, 12), state: 'active' }] })
      expectRefused(await readPartner(real.url, { 'X-API-Key': demoKey }), { status: 401, code: 'invalid_api_key' })
    } finally {
      await real.stop()
      rmSync(root, { recursive: true, force: true })
    }
  })
})

const PARTNERS = [{ model: 'res.partner', verbs: ['read'] }]
