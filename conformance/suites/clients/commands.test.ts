import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { listAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

const HOUR_MS = 3_600_000

// skip: needs a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('gatehouse client', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.stop())

  const run = (args: readonly string[], input = '') =>
    runGatehouse(['client', ...args, '--json'], { dataDir: gateway.dataDir, input })
  const list = async () => listAt((await run(['list'])).json, 'clients').map(objectOf)
  const make = async (...options: string[]) => {
    const { json, stderr } = await run(['create', '--name', 'Shop', ...options], 'demo')
    if (json === undefined) throw new Error(stderr)
    return { clientId: textAt(json, 'clientId'), secret: textAt(json, 'clientSecret'), json: objectOf(json) }
  }

  test('create shows the secret once; neither lists nor the data directory have it', async () => {
    const { clientId, secret } = await make()
    expect(secret).toMatch(/^[\w-]{43}$/)
    const { stdout } = await run(['list'])
    expect(stdout).toContain(clientId)
    expect(stdout).not.toContain(secret)
    for (const file of readdirSync(gateway.dataDir))
      expect(readFileSync(join(gateway.dataDir, file)).includes(secret), file).toBe(false)
  })

  test('create binds to nobody, or to an Odoo user whom Odoo has let in', async () => {
    expect((await make()).json.login).toBeUndefined()
    const terms = ['--scope', 'res.partner:read', '--address', '10.0.0.0/8']
    const { clientId } = await make('--login', 'demo', '--password-stdin', ...terms)
    expect(await list()).toContainEqual(
      expect.objectContaining({
        ...{ clientId, login: 'demo', uid: 6, api: 'default', state: 'active' },
        ...{ scopes: ['res.partner:read'], addresses: ['10.0.0.0/8'] },
      }),
    )
  })

  test.each<[name: string, options: string[], input: string, sentence: RegExp]>([
    ['a wrong password', ['--login', 'demo', '--password-stdin'], 'wrong', /does not take this password/],
    ['a login without anything', ['--login', 'demo'], '', /--password-stdin/],
    ['a password without a login', ['--password-stdin'], 'demo', /--login/],
    ['an unknown API', ['--api', 'nowhere'], '', /gatehouse api list/],
    ['a scope beyond the API', ['--scope', 'ir.rule:read'], '', /does not allow ir\.rule:read/],
  ])('create refuses %s, and stores nothing', async (_, options, input, sentence) => {
    const before = await list()
    const { code, stdout, stderr } = await run(['create', '--name', 'No', ...options], input)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(sentence)
    expect(await list()).toEqual(before)
  })

  test('rotate makes another secret, and tells how long the old one is good', async () => {
    const { clientId, secret } = await make()
    const nowMs = Date.now()
    const { json } = await run(['rotate', clientId, '--overlap', '24h'])
    expect(textAt(json, 'clientSecret')).not.toBe(secret)
    const until = Number(objectOf(json).previousSecretUntilMs)
    expect(Math.abs(until - nowMs - 24 * HOUR_MS)).toBeLessThan(60_000)
    expect(objectOf((await run(['rotate', clientId])).json).previousSecretUntilMs).toBeUndefined()
  })

  test.each([
    ['31d', /30 days at most/],
    ['tomorrow', /24h/],
  ])('rotate refuses the overlap %s', async (overlap, sentence) => {
    const { clientId } = await make()
    const { code, stderr } = await run(['rotate', clientId, '--overlap', overlap])
    expect(code).toBe(1)
    expect(stderr).toMatch(sentence)
  })

  test('disable and enable say what they did', async () => {
    const { clientId } = await make()
    expect((await run(['disable', clientId])).json).toEqual({ disabled: clientId, endedGrants: 0 })
    expect(await list()).toContainEqual(expect.objectContaining({ clientId, state: 'disabled' }))
    expect((await run(['enable', clientId])).json).toEqual({ enabled: clientId })
    expect(await list()).toContainEqual(expect.objectContaining({ clientId, state: 'active' }))
  })

  test.each(['rotate', 'disable', 'enable'])('%s of an unknown client says where to look', async (command) => {
    const { code, stderr } = await run([command, 'client_unknown'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/gatehouse client list/)
  })
})
