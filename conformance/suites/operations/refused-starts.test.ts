import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type EndedStart,
  freePort,
  type GatewayOptions,
  startGateway,
  startToEnd,
} from '../../harness/gateway-process.ts'
import { canStartGateways } from '../../harness/target.ts'

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('a start that cannot be ends with one sentence and a code', () => {
  test('the port is taken', async () => {
    const port = await freePort()
    const taken = createServer().listen(port, '127.0.0.1')
    try {
      expectOneSentence(await startToEnd({ port }), String(port))
    } finally {
      taken.close()
    }
  })

  test('Odoo cannot be reached', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    expectOneSentence(await startToEnd({ env: { ODOO_URL: url, ODOO_DB: 'demo' } }), url)
  })

  test('what answers there is no Odoo', async () => {
    const port = await freePort()
    const web = createServer((_request, response) => response.end('<html>hello</html>')).listen(port, '127.0.0.1')
    try {
      const url = `http://127.0.0.1:${port}`
      expectOneSentence(await startToEnd({ env: { ODOO_URL: url, ODOO_DB: 'demo' } }), url)
    } finally {
      web.close()
    }
  })

  test('the data directory is a file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-start-'))
    const dataDir = join(directory, 'data')
    writeFileSync(dataDir, '')
    try {
      expectOneSentence(await startToEnd({ dataDir }), dataDir)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  test('the data directory cannot be made', async () => {
    expectOneSentence(await startToEnd({ dataDir: '/dev/null/data' }), '/dev/null/data')
  })

  test('the master key in the data directory is another one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-start-'))
    try {
      await (await startGateway({ dataDir: directory, env: { GATEHOUSE_SECRET: secret('a') } })).stop()
      expectOneSentence(
        await startToEnd({ dataDir: directory, env: { GATEHOUSE_SECRET: secret('b') } }),
        'GATEHOUSE_SECRET',
      )
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  test.each<[string, GatewayOptions, string]>([
    ['a port that is no number', { env: { PORT: 'http' } }, 'PORT'],
    ['a port out of range', { env: { PORT: '70000' } }, 'PORT'],
    ['a public address that is no URL', { env: { GATEHOUSE_URL: 'gate.example' } }, 'GATEHOUSE_URL'],
    ['a public address of another scheme', { env: { GATEHOUSE_URL: 'ftp://gate.example' } }, 'GATEHOUSE_URL'],
    ['an Odoo without its database', { env: { ODOO_URL: 'http://127.0.0.1:8069' } }, 'ODOO_DB'],
    ['a sandbox version that there is not', { env: { GATEHOUSE_SANDBOX_ODOO: '12' } }, 'GATEHOUSE_SANDBOX_ODOO'],
    ['the sandbox on an address that others reach', { env: { HOST: '0.0.0.0' } }, 'GATEHOUSE_ALLOW_DEMO'],
    [
      'http on an address that others reach',
      { env: { HOST: '0.0.0.0', GATEHOUSE_ALLOW_DEMO: '1', GATEHOUSE_URL: 'http://gate.example' } },
      'GATEHOUSE_URL',
    ],
    ['another kind of DATABASE_URL', { env: { DATABASE_URL: 'mysql://db/gatehouse' } }, 'DATABASE_URL'],
    [
      'DATABASE_URL without the master key, or where nothing answers',
      { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } },
      'DATABASE_URL',
    ],
    ['a settings file that is not there', { env: { GATEHOUSE_CONFIG: '/no/such/gatehouse.yaml' } }, 'gatehouse.yaml'],
    ['a settings file that is no YAML', { settings: 'tokens: [' }, 'gatehouse.yaml'],
    ['a settings file that is a list', { settings: '- tokens' }, 'gatehouse.yaml'],
  ])('%s', async (_name, options, named) => {
    expectOneSentence(await startToEnd(options), named)
  })
})

/** A code that is not 0, the name of what is wrong, and no stack. */
function expectOneSentence({ code, output }: EndedStart, named: string): void {
  expect(code, `it did not end:\n${output}`).not.toBeNull()
  expect(code).not.toBe(0)
  expect(output).toContain(named)
  expect(output).not.toMatch(/^\s+at .+[:(]\d+/m)
  expect(output).not.toMatch(/node:internal|Error: .*\n\s+at /)
  expect(output.trim().split('\n').length).toBeLessThanOrEqual(4)
}

function secret(letter: string): string {
  return Buffer.from(letter.repeat(32)).toString('base64')
}
