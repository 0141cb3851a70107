import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { numberAt, objectAt } from '../../harness/json-reading.ts'
import { printedCalls } from '../../harness/printed-calls.ts'
import { runSandboxCommand, type SandboxProcess } from '../../harness/sandbox-process.ts'

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)/

const hasPython = spawnSync('python3', ['--version']).status === 0

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'))
})

afterAll(() => rmSync(directory, { recursive: true }))

describe.each([17, 18, 19])('gatehouse sandbox --odoo %s', (odoo) => {
  let sandbox: SandboxProcess

  beforeAll(async () => {
    sandbox = runSandboxCommand(['--odoo', String(odoo), '--port', '0'])
    await sandbox.printed(/Stop it/)
  })

  afterAll(() => sandbox.stop())

  test('answers as that version', async () => {
    const [url] = await sandbox.printed(ADDRESS)
    const { json } = await call(url, { path: '/web/webclient/version_info', json: {} })
    expect(objectAt(json, 'result').server_serie).toBe(`${odoo}.0`)
  })

  test('prints the address, the users with their passwords, and the secret of the second factor', () => {
    expect(sandbox.stdout()).toMatch(ADDRESS)
    for (const login of ['admin', 'demo', 'portal', 'totp']) {
      expect(sandbox.stdout()).toMatch(new RegExp(`^ +${login} +${login}\\b`, 'm'))
    }
    expect(sandbox.stdout()).toMatch(/secret [A-Z2-7]{16,}$/m)
  })

  test('prints calls that run as they are printed', async () => {
    const calls = printedCalls(sandbox.stdout())
    expect(calls.length).toBeGreaterThanOrEqual(4)
    const script = ['set -e', ...calls].join('\necho\n')
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: directory })
    expect(stdout).not.toContain('"error"')
    expect(stdout).toContain('"uid"')
    expect(calls.some((one) => one.includes('/json/2/'))).toBe(odoo >= 19)
    expect(stdout.match(/"name": ?"/g)?.length ?? 0).toBeGreaterThanOrEqual(7)
  })
})

// skip: where there is no python3, whose client is the stock one that is printed.
test.skipIf(!hasPython)('the stock client that is printed counts partners', async () => {
  const sandbox = runSandboxCommand(['--port', '0'])
  const [, program = ''] = await sandbox.printed(/^ +python3 -c "(.+)"$/m)
  const { stdout } = await promisify(execFile)('python3', ['-c', program])
  expect(Number(stdout)).toBeGreaterThan(10)
  await sandbox.stop()
})

describe('gatehouse sandbox', () => {
  test('is Odoo 18 unless it is told otherwise, by an option or by the variable of the gateway', async () => {
    const usual = runSandboxCommand(['--port', '0'])
    const told = runSandboxCommand(['--port', '0'], { GATEHOUSE_SANDBOX_ODOO: '19' })
    await usual.printed(/Odoo 18/)
    await told.printed(/Odoo 19/)
    await Promise.all([usual.stop(), told.stop()])
  })

  test('tells programs everything in one line of JSON', async () => {
    const sandbox = runSandboxCommand(['--port', '0', '--json', '--database', 'acme'])
    const [line] = await sandbox.printed(/^.*\n/)
    expect(JSON.parse(line)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      database: 'acme',
      odoo_version: 18,
      users: expect.arrayContaining([{ login: 'demo', password: 'demo' }]),
      totp_secret: expect.stringMatching(/^[A-Z2-7]{16,}$/),
      file: null,
      faults: false,
    })
    const { url } = JSON.parse(line)
    expect((await call(url, { path: '/web/database/list', json: {} })).json).toMatchObject({ result: ['acme'] })
    expect(await sandbox.stop()).toBe(0)
    expect(sandbox.stdout()).toBe(line)
  })

  test('keeps its records in a file that is its owner’s alone', async () => {
    const file = join(directory, 'records.db')
    const first = runSandboxCommand(['--port', '0', '--file', file])
    const [url] = await first.printed(ADDRESS)
    const id = await createPartner(url)
    expect(await first.stop()).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const second = runSandboxCommand(['--port', '0', '--file', file])
    const [again] = await second.printed(ADDRESS)
    expect(await namesOf(again, id)).toEqual(['Kept'])
    await second.stop()
  })

  test('keeps nothing without a file', async () => {
    const sandbox = runSandboxCommand(['--port', '0'])
    await createPartner((await sandbox.printed(ADDRESS))[0])
    await sandbox.stop()
    expect(existsSync(':memory:')).toBe(false)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with code 0 and frees the port', async (signal) => {
    const sandbox = runSandboxCommand(['--port', '0'])
    const [, port = ''] = await sandbox.printed(ADDRESS)
    expect(await sandbox.stop(signal)).toBe(0)
    const again = runSandboxCommand(['--port', port])
    await again.printed(ADDRESS)
    expect(await again.stop()).toBe(0)
  })

  test('lets faults be asked for only when it is told to', async () => {
    const wish = { path: '/sandbox/faults', json: { fault: 'bad_gateway' } }
    const usual = runSandboxCommand(['--port', '0'])
    expect((await call((await usual.printed(ADDRESS))[0], wish)).status).toBe(404)
    const faulty = runSandboxCommand(['--port', '0', '--faults'])
    const [url] = await faulty.printed(ADDRESS)
    expect((await call(url, wish)).status).toBe(200)
    expect((await call(url, { path: '/web/health' })).status).toBe(502)
    expect((await call(url, { path: '/web/health' })).status).toBe(200)
    await Promise.all([usual.stop(), faulty.stop()])
  })

  test('tells on standard error, once, of a method that Odoo has and it has not', async () => {
    const sandbox = runSandboxCommand(['--port', '0'])
    const [url] = await sandbox.printed(ADDRESS)
    for (const method of ['copy_data', 'copy_data', 'no_such_method']) await kw(url, 'res.partner', method, [[1]])
    await sandbox.stop()
    expect(sandbox.stderr()).toBe(
      'gatehouse sandbox: Odoo 18 has res.partner.copy_data, the sandbox has not (docs/sandbox-gaps.md lists what else)\n',
    )
  })

  test('--help has examples', async () => {
    const help = runSandboxCommand(['--help'])
    expect(await help.ended).toBe(0)
    expect(help.stdout()).toMatch(/Examples:\n +gatehouse sandbox /)
  })
})

async function createPartner(url: string): Promise<number> {
  const { json } = await kw(url, 'res.partner', 'create', [{ name: 'Kept' }])
  return numberAt(json, 'result')
}

async function namesOf(url: string, id: number): Promise<unknown> {
  const { json } = await kw(url, 'res.partner', 'search_read', [[['id', '=', id]], ['name']])
  const { result } = json as { readonly result: readonly { readonly name: string }[] }
  return result.map(({ name }) => name)
}

async function kw(url: string, model: string, method: string, args: readonly unknown[]) {
  const credentials = { db: 'demo', login: 'admin', password: 'admin' }
  const { cookies } = await call(url, { path: '/web/session/authenticate', json: { params: credentials } })
  const session = cookies.find(({ name }) => name === 'session_id')?.value
  return call(url, {
    path: '/web/dataset/call_kw',
    headers: { Cookie: `session_id=${session}` },
    json: { params: { model, method, args, kwargs: {} } },
  })
}
