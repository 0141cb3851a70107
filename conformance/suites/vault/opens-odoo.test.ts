import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeKey, readPartner } from '../../harness/api-keys.ts'
import { sandboxUrlOf } from '../../harness/demo-credentials.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { type OdooBetween, openBetween } from '../../harness/odoo-between.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { waitForStatus } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

const AUTHENTICATE = '/web/session/authenticate'

const API = {
  name: 'default',
  database: 'demo',
  waysIn: ['password', 'api_key'],
  exposures: [{ model: 'res.partner', verbs: ['read', 'update'] }],
}

// skip: needs a sandbox to stand behind, and a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('a key that acts with a password', () => {
  let sandbox: Gateway
  let odoo: OdooBetween
  let gateway: Gateway
  let env: Record<string, string>
  let root: string

  beforeAll(async () => {
    sandbox = await startGateway()
    odoo = await openBetween(sandboxUrlOf(sandbox))
    env = { ODOO_URL: odoo.url, ODOO_DB: 'demo' }
    root = mkdtempSync(join(tmpdir(), 'gatehouse-vault-'))
    gateway = await startGateway({ env, dataDir: join(root, 'data') })
    const input = JSON.stringify({ apis: [API] })
    const applied = await runGatehouse(['apply', '-'], { dataDir: gateway.dataDir, env, input })
    expect(applied.stderr).toBe('')
  })
  afterAll(async () => {
    await gateway.stop()
    await odoo.close()
    await sandbox.stop()
    rmSync(root, { recursive: true, force: true })
  })

  const newKey = async () => (await madeKey({ dataDir: gateway.dataDir, env })).key
  const read = (key: string) => readPartner(gateway.url, { 'X-API-Key': key })
  const signIns = (from: number) => odoo.seen.slice(from).filter(({ path }) => path === AUTHENTICATE).length

  /** Logs out whatever session the last call of records went by, as an administrator of Odoo would. */
  async function endSession(): Promise<void> {
    const cookie = odoo.seen.findLast(({ path }) => path.includes('/call_kw/'))?.cookie
    const json = { jsonrpc: '2.0', params: {} }
    await call(odoo.url, { path: '/web/session/destroy', headers: { Cookie: cookie }, json })
  }

  test('calls on the session that was opened when it was stored', async () => {
    const key = await newKey()
    const from = odoo.seen.length
    // The API was set a moment ago.
    expect(await waitForStatus(() => read(key), 200, 5_000)).toBeDefined()
    expect(signIns(from)).toBe(0)
  })

  test('opens one session more, for all who call, when Odoo has ended it; nobody notices', async () => {
    const key = await newKey()
    expect((await read(key)).status).toBe(200)
    await endSession()
    const from = odoo.seen.length
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(key)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(signIns(from)).toBe(1)
  })

  test('sends a write again that Odoo did not carry out, once', async () => {
    const key = await newKey()
    expect((await read(key)).status).toBe(200)
    await endSession()
    const from = odoo.seen.length
    const query = { model: 'res.partner', id: '1' }
    const headers = { 'X-API-Key': key }
    const json = { values: { city: 'Gent' } }
    const answer = await call(gateway.url, { method: 'PUT', path: '/api/send_request', query, headers, json })
    expect(answer.status).toBe(200)
    const writes = odoo.seen.slice(from).filter(({ path }) => path.endsWith('/write'))
    expect(writes.filter(({ answer: got }) => got?.text.includes('"result"'))).toHaveLength(1)
  })

  test('keeps its session over a restart', async () => {
    const key = await newKey()
    expect((await read(key)).status).toBe(200)
    const from = odoo.seen.length
    const { port, dataDir } = gateway
    await gateway.stop()
    gateway = await startGateway({ env, dataDir, port })
    expect((await read(key)).status).toBe(200)
    expect(signIns(from)).toBe(0)
  })

  test('does not sign in again and again when Odoo refuses the password, and works with a new one', async () => {
    const made = await madeKey({ dataDir: gateway.dataDir, env })
    expect((await read(made.key)).status).toBe(200)
    await endSession()
    odoo.behave((path) => (path === AUTHENTICATE ? DENIED : 'pass'))
    const from = odoo.seen.length
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await read(made.key)
      expectRefused(answer, { status: 401, code: 'invalid_token' })
      expect(answer.text).toMatch(/administrator has to give it a new password or Odoo API key/)
    }
    expect(signIns(from)).toBe(1)

    odoo.behave(() => 'pass')
    expect((await read(made.key)).status).toBe(401)
    const args = ['key', 'credential', made.prefix, '--password-stdin', '--json']
    const renewed = await runGatehouse(args, { dataDir: gateway.dataDir, env, input: 'demo' })
    expect([renewed.code, renewed.stderr]).toEqual([0, ''])
    expect(await waitForStatus(() => read(made.key), 200, 5_000)).toBeDefined()
  })

  test('waits while Odoo refuses everybody, without asking it', async () => {
    const key = await newKey()
    expect((await read(key)).status).toBe(200)
    await endSession()
    odoo.behave((path) => (path === AUTHENTICATE ? COOLDOWN : 'pass'))
    const from = odoo.seen.length
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await read(key)
      expectRefused(answer, { status: 503 })
      expect(answer.headers['retry-after']).toBe('60')
    }
    expect(signIns(from)).toBe(1)
    odoo.behave(() => 'pass')
  })
})

function denied(message: string) {
  const data = { name: 'odoo.exceptions.AccessDenied', message, arguments: [message], context: {}, debug: '' }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 200, message: 'Odoo Server Error', data } })
  return { status: 200, type: 'application/json', body }
}

const DENIED = denied('Access Denied')
const COOLDOWN = denied('Too many login failures, please wait a bit before trying again.')
