import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { freePort, type Gateway } from '../../harness/gateway-process.ts'
import { canStartGateways, startOwnGateway, target } from '../../harness/target.ts'

type Finding = { readonly about: string; readonly state: string; readonly what: string; readonly next?: string }

let gateway: Gateway

/** What the doctor finds of the running gateway's installation. */
async function examine(options: readonly string[] = [], env: Record<string, string> = {}, input = '') {
  const { json, code, stderr } = await runGatehouse(['doctor', '--json', ...options], {
    dataDir: gateway.dataDir,
    env: { PORT: String(gateway.port), ...env },
    input,
  })
  const findings = (json as { findings?: readonly Finding[] } | undefined)?.findings
  if (findings === undefined) throw new Error(`the doctor failed: ${stderr}`)
  const of = (state: string) => findings.filter((one) => one.state === state).map(({ what }) => what)
  return { code, findings, of }
}

// skip: unless the gateway runs on the sandbox: commands need its data directory and the users that the sandbox has.
describe.runIf(canStartGateways && target.kind === 'sandbox')('gatehouse doctor', () => {
  beforeAll(async () => {
    gateway = await startOwnGateway()
  })
  afterAll(() => gateway?.stop())

  test('finds nothing at fault with a gateway that runs, and says what it looked at', async () => {
    const { code, of, findings } = await examine()
    expect(of('fault')).toEqual([])
    expect(code).toBe(0)
    expect([...new Set(findings.map(({ about }) => about))]).toEqual(
      expect.arrayContaining(['settings', 'store', 'keys', 'gateway', 'apis', 'odoo demo']),
    )
    expect(of('ok')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^SQLite .* answers/),
        expect.stringMatching(/is ready\.$/),
        expect.stringMatching(/^Odoo 1[789]\.0 answers at/),
        'It has the database "demo".',
        expect.stringMatching(/^Gatehouse can speak to it by: web session, JSON-RPC, XML-RPC/),
        'Its clock and the one of this machine agree.',
      ]),
    )
  })

  test('looks at models and fields with a credential of the vault, where there is one', async () => {
    const { of } = await examine()
    expect(of('ok')).toContainEqual(
      expect.stringMatching(/^\d+ models are exposed; those that could be looked at are as/),
    )
  })

  test('says what it could not look at without a sign-in, and how to let it in', async () => {
    const { findings: seen } = await examine()
    const [, url = ''] = /answers at (\S+)\.$/.exec(seen.find(({ what }) => /^Odoo 1/.test(what))?.what ?? '') ?? []
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'))
    const { json } = await runGatehouse(['doctor', '--json'], { dataDir, env: { ODOO_URL: url, ODOO_DB: 'demo' } })
    rmSync(dataDir, { recursive: true })
    const { findings } = json as { findings: readonly Finding[] }
    const notLooked = findings.find(({ what }) => what.includes('nobody let the doctor in'))
    expect(notLooked).toMatchObject({ state: 'unknown', next: expect.stringContaining('--login') })
  })

  test('with a login finds models and fields that an API names and Odoo does not have', async () => {
    const settings = {
      apis: [
        {
          name: 'wrong',
          database: 'demo',
          exposures: [
            { model: 'x.gone', verbs: ['read'] },
            { model: 'res.partner', verbs: ['read'], readableFields: ['name', 'x_not_there'] },
          ],
        },
      ],
    }
    const other = await startOwnGateway({ settings })
    const { json, code } = await runGatehouse(['doctor', '--json', '--login', 'admin'], {
      dataDir: other.dataDir,
      env: { GATEHOUSE_CONFIG: join(other.dataDir, '../gatehouse.yaml'), PORT: String(other.port) },
      input: 'admin\n',
    })
    await other.stop()
    const { findings } = json as { findings: readonly Finding[] }
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'fault', what: expect.stringContaining('no model x.gone') }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'warning', what: expect.stringMatching(/res\.partner.*: x_not_there\.$/) }),
    )
  })

  test('a wrong password is a fault, and nothing of it is printed', async () => {
    const { code, findings } = await examine(['--login', 'admin'], {}, 'never-this-one')
    expect(code).toBe(1)
    expect(findings).toContainEqual(expect.objectContaining({ what: 'Odoo does not let admin in.' }))
    expect(JSON.stringify(findings)).not.toContain('never-this-one')
  })

  test('an Odoo that does not answer is a fault with a next step', async () => {
    const env = { ODOO_URL: `http://127.0.0.1:${await freePort()}`, ODOO_DB: 'production' }
    const { code, findings } = await examine([], env)
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        about: 'odoo production',
        state: 'fault',
        what: expect.stringMatching(/^Odoo does not answer/),
        next: expect.stringContaining('ODOO_URL'),
      }),
    )
  })

  test('a database that Odoo does not have is a fault', async () => {
    const { findings } = await examine()
    const [, url = ''] = /answers at (\S+)\.$/.exec(findings.find(({ what }) => /^Odoo 1/.test(what))?.what ?? '') ?? []
    const { code, of } = await examine([], { ODOO_URL: url, ODOO_DB: 'nowhere' })
    expect(code).toBe(1)
    expect(of('fault')).toEqual([expect.stringMatching(/^It has no database "nowhere"/)])
  })

  test('another master key is a fault, and changes nothing', async () => {
    const { code, of, findings } = await examine([], { GATEHOUSE_SECRET: 'x'.repeat(40) })
    expect(code).toBe(1)
    expect(of('fault')).toEqual([expect.stringMatching(/another master key/)])
    expect(findings.filter(({ about }) => about === 'apis')).toEqual([])
    expect((await examine()).code).toBe(0)
  })

  test('settings and files that are too open are warnings', async () => {
    chmodSync(gateway.dataDir, 0o755)
    const { code, of } = await examine([], {
      HOST: '0.0.0.0',
      GATEHOUSE_URL: 'https://gate.example',
      GATEHOUSE_ALLOW_DEMO: '1',
    })
    chmodSync(gateway.dataDir, 0o700)
    expect(code).toBe(0)
    expect(of('warning')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^The sandbox can be reached from other machines/),
        expect.stringMatching(/can be read by other users of this machine\.$/),
      ]),
    )
  })

  test('of a sandbox whose gateway is stopped says to start it, which is no fault', async () => {
    const other = await startOwnGateway({ dataDir: mkdtempSync(join(tmpdir(), 'gatehouse-doctor-')) })
    await other.stop()
    const { code, json, stderr } = await runGatehouse(['doctor', '--json'], {
      dataDir: other.dataDir,
      env: { PORT: String(await freePort()) },
    })
    rmSync(other.dataDir, { recursive: true, force: true })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { findings } = json as { findings: readonly Finding[] }
    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'unknown', what: 'The sandbox runs with the gateway: start it.' }),
    )
  })

  test('makes nothing where no gateway was started yet', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'))
    const { code, json, stdout } = await runGatehouse(['doctor', '--json'], {
      dataDir,
      env: { PORT: String(await freePort()) },
    })
    const after = await runGatehouse(['doctor'], { dataDir, env: { PORT: String(await freePort()) } })
    rmSync(dataDir, { recursive: true })
    expect(json, stdout).toMatchObject({ ok: true })
    expect(code).toBe(0)
    expect(after.stdout).toContain('There is no store in')
  })

  test('a database that is not configured is refused in one sentence', async () => {
    const { code, stderr } = await runGatehouse(['doctor', '--database', 'other'], { dataDir: gateway.dataDir })
    expect(code).toBe(1)
    expect(stderr.trimEnd()).toBe('gatehouse: There is no database "other": name one of demo.')
  })
})
