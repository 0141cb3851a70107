import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPartner } from '../../harness/api-keys.ts'
import { demoCredentials, demoCredentialsFile } from '../../harness/demo-credentials.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { call } from '../../harness/http-call.ts'
import { type JsonMembers, listAt, objectAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

// skip: is about the sandbox and what it ships with.
describe.skipIf(target.kind !== 'sandbox')('demo-credentials.json', () => {
  let root: string
  let gateway: Gateway
  let credentials: JsonMembers

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'gatehouse-demo-'))
    gateway = await startGateway({ dataDir: join(root, 'data') })
    credentials = demoCredentials(gateway)
  })
  afterAll(async () => {
    await gateway.stop()
    rmSync(root, { recursive: true, force: true })
  })

  test('has exactly the members of the contract', () => {
    expect(Object.keys(credentials).sort()).toEqual(
      [
        'url',
        'database',
        'sandbox_url',
        'users',
        'totp_secret',
        'client',
        'legacy_identity_client',
        'api_key',
        'sso_api',
      ].sort(),
    )
    expect(Object.keys(objectAt(credentials, 'client')).sort()).toEqual(['client_id', 'client_secret'])
    expect(Object.keys(objectAt(credentials, 'legacy_identity_client'))).toEqual(['client_id'])
    for (const user of listAt(credentials, 'users'))
      expect(Object.keys(objectOf(user)).sort()).toEqual(['login', 'password'])
  })

  test('tells where the gateway and the sandbox are, and who can sign in', () => {
    expect(credentials).toMatchObject({ url: gateway.url, database: 'demo' })
    expect(textAt(credentials, 'sandbox_url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(textAt(credentials, 'sandbox_url')).not.toBe(gateway.url)
    expect(credentials.users).toEqual(
      ['admin', 'demo', 'portal', 'totp'].map((name) => ({ login: name, password: name })),
    )
    expect(textAt(credentials, 'api_key')).toMatch(/^ghk_/)
    expect(textAt(credentials, 'totp_secret')).toMatch(/^[A-Z2-7]{16,}=*$/)
    expect(textAt(credentials, 'sso_api')).toMatch(/^[a-z][a-z0-9-]{1,31}$/)
  })

  test('can be read by its owner only, like every file that holds a key', () => {
    expect(modeOf(demoCredentialsFile(gateway))).toBe(0o600)
    const kept = readdirSync(gateway.dataDir).filter((name) => /key|secret|credential/i.test(name))
    expect(kept.length).toBeGreaterThan(1)
    for (const name of kept) expect(modeOf(join(gateway.dataDir, name)), name).toBe(0o600)
  })

  test('its users can sign in, but for the one with a second factor', async () => {
    for (const user of listAt(credentials, 'users')) {
      const answer = await call(gateway.url, { path: '/api/authenticate', json: user })
      expect(answer.status).toBe(textAt(user, 'login') === 'totp' ? 401 : 200)
    }
  })

  test('its sandbox answers like an Odoo', async () => {
    const answer = await call(textAt(credentials, 'sandbox_url'), {
      path: '/web/webclient/version_info',
      json: { jsonrpc: '2.0', method: 'call', id: 1, params: {} },
    })
    expect(answer.json).toMatchObject({ jsonrpc: '2.0', result: { server_serie: expect.stringMatching(/^18\.0/) } })
  })

  test('its secrets are random: another data directory has others', async () => {
    const other = await startGateway()
    try {
      const otherCredentials = demoCredentials(other)
      expect(otherCredentials.api_key).not.toBe(credentials.api_key)
      expect(otherCredentials.totp_secret).not.toBe(credentials.totp_secret)
      expect(objectAt(otherCredentials, 'client').client_secret).not.toBe(objectAt(credentials, 'client').client_secret)
    } finally {
      await other.stop()
    }
  })

  test('its secrets outlive a restart', async () => {
    await gateway.stop()
    gateway = await startGateway({ dataDir: gateway.dataDir, port: gateway.port })
    const { sandbox_url: _before, ...before } = credentials
    const { sandbox_url: _after, ...after } = demoCredentials(gateway)
    expect(after).toEqual(before)
  })

  test('its API key is made anew at the start when somebody has revoked it', async () => {
    await runGatehouse(['grant', 'revoke', '--login', 'demo'], gateway)
    await gateway.stop()
    gateway = await startGateway({ dataDir: gateway.dataDir, port: gateway.port })
    const key = textAt(demoCredentials(gateway), 'api_key')
    expect(key).not.toBe(credentials.api_key)
    expect((await readPartner(gateway.url, { 'X-API-Key': key })).status).toBe(200)
  })

  test('a command names the address of the running gateway, whatever its own PORT', async () => {
    await runGatehouse(['owner', 'add', 'ada'], gateway)
    const { stdout } = await runGatehouse(['owner', 'token', 'ada'], { dataDir: gateway.dataDir, env: { PORT: '1' } })
    expect(stdout).toContain(`${gateway.url}/admin/api/session`)
  })
})

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}
