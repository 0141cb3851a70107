import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKey, madeKey, readPartner } from '../../harness/api-keys.ts'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { listAt, objectOf } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

// skip: needs a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('gatehouse key', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.stop())

  const list = async (...options: string[]) =>
    listAt((await runGatehouse(['key', 'list', '--json', ...options], gateway)).json, 'keys').map(objectOf)

  test('create shows the key once; neither lists nor the data directory have it', async () => {
    const made = await madeKey(gateway, ['--scope', 'res.partner:read', '--expires', '90d', '--address', '10.0.0.0/8'])
    expect(made.key).toMatch(/^ghk_[\w-]{43}$/)
    expect(made.prefix).toBe(made.key.slice(0, 12))
    const [listed] = await list()
    expect(listed).toMatchObject({
      id: made.id,
      prefix: made.prefix,
      name: 'Suite',
      login: 'demo',
      database: 'demo',
      api: 'default',
      scopes: ['res.partner:read'],
      addresses: ['10.0.0.0/8'],
      state: 'active',
    })
    expect(Number(listed?.expiresAtMs) - Number(listed?.createdAtMs)).toBeCloseTo(90 * 86_400_000, -4)
    const secret = made.key.slice(12)
    for (const file of readdirSync(gateway.dataDir))
      expect(readFileSync(join(gateway.dataDir, file)).includes(secret), file).toBe(false)
    const { stdout } = await runGatehouse(['key', 'list'], gateway)
    expect(stdout).toContain(made.prefix)
    expect(stdout).not.toContain(secret)
  })

  test('create prints a call that works as it stands', async () => {
    const args = ['key', 'create', '--login', 'demo', '--name', 'Printed', '--password-stdin']
    const { stdout, stderr, code } = await runGatehouse(args, { dataDir: gateway.dataDir, input: 'demo\n' })
    expect([code, stderr]).toEqual([0, ''])
    const [key] = stdout.split('\n')
    expect(stdout).toContain(`-H 'X-API-Key: ${key}'`)
    expect((await readPartner(gateway.url, { 'X-API-Key': key ?? '' })).status).toBe(200)
  })

  test('list tells when a key was last used, from where', async () => {
    const made = await madeKey(gateway)
    await readPartner(gateway.url, { 'X-API-Key': made.key })
    const used = async () => (await list()).find(({ id }) => id === made.id)
    await expect.poll(used, { timeout: 5_000 }).toMatchObject({ lastUsedAddress: '127.0.0.1' })
    expect(Number((await used())?.lastUsedAtMs)).toBeGreaterThan(0)
  })

  test('list keeps to user and API', async () => {
    expect(await list('--login', 'admin')).toEqual([])
    expect(await list('--api', 'demo-sso')).toEqual([])
    expect((await list('--database', 'demo', '--login', 'demo')).length).toBeGreaterThan(0)
  })

  test.each<[name: string, options: string[], input: string, sentence: RegExp]>([
    ['a wrong password', [], 'wrong', /does not take this password of \\?"demo\\?".*Nothing was stored/],
    ['a user with a second factor', ['--login', 'totp'], 'totp', /second factor.*Odoo API key/],
    ['a password given as a key', ['--odoo-key-stdin'], 'demo', /40 hexadecimal digits/],
    [
      'a key that Odoo does not know',
      ['--odoo-key-stdin'],
      'a'.repeat(40),
      /does not take this API key for \\?"demo\\?"/,
    ],
    ['nothing on standard input', [], '', /Standard input is empty/],
    [
      'two ways at once',
      ['--password-stdin', '--mint'],
      'demo',
      /one of --password-stdin, --odoo-key-stdin and --mint/,
    ],
    ['an unknown API', ['--api', 'nowhere'], 'demo', /gatehouse api list/],
    ['an unknown database', ['--database', 'nowhere'], 'demo', /--database/],
    ['a scope that is none', ['--scope', 'everything'], 'demo', /res\.partner:read/],
    ['a scope beyond the API', ['--scope', 'res.users:update'], 'demo', /gatehouse api expose default res\.users/],
    ['a scope on a model that is closed', ['--scope', 'ir.rule:read'], 'demo', /does not allow ir\.rule:read/],
    ['an address that is none', ['--address', '10.0.0.0/33'], 'demo', /10\.0\.0\.0\/8/],
    ['a time that is none', ['--expires', 'soon'], 'demo', /90d/],
  ])('create refuses %s, says what to do, and stores nothing', async (_, options, input, sentence) => {
    const before = await list()
    const { code, stdout, stderr } = await createKey(gateway, options, input)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(await list()).toEqual(before)
  })

  test('create says which of the three ways it wants', async () => {
    const args = ['key', 'create', '--login', 'demo', '--name', 'None']
    const { code, stderr } = await runGatehouse(args, gateway)
    expect(code).toBe(1)
    expect(stderr).toMatch(/--password-stdin, --odoo-key-stdin and --mint/)
  })

  test('no option takes a secret', async () => {
    for (const command of ['create', 'credential']) {
      const { stdout } = await runGatehouse(['key', command, '--help'], gateway)
      expect(stdout).not.toMatch(/--(?:password|odoo-key|secret)[ =]*[<[]/)
    }
  })

  test('revoke answers the second time that it was done, and a key that is unknown with what to do', async () => {
    const made = await madeKey(gateway)
    expect(await runGatehouse(['key', 'revoke', made.id, '--json'], gateway)).toMatchObject({
      code: 0,
      json: { revoked: made.id, changed: true },
    })
    expect((await runGatehouse(['key', 'revoke', made.id, '--json'], gateway)).json).toMatchObject({ changed: false })
    expect(await list()).toContainEqual(expect.objectContaining({ id: made.id, state: 'revoked' }))
    const unknown = await runGatehouse(['key', 'revoke', 'ghk_nothing1'], gateway)
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/gatehouse key list/)])
  })
})
