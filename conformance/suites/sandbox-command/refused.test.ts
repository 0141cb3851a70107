import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { runSandboxCommand } from '../../harness/sandbox-process.ts'

/** The code of a command line that nobody can carry out, and the one of a machine that refuses (sysexits.h: EX_CONFIG). */
const USAGE = 2
const CONFIG = 78

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'))
})

afterAll(() => rmSync(directory, { recursive: true }))

describe('gatehouse sandbox refuses', () => {
  test.each([
    { what: 'every address', args: ['--host', '0.0.0.0'], says: 'loopback' },
    { what: 'every address of IPv6', args: ['--host', '::'], says: 'loopback' },
    { what: 'an address of a network', args: ['--host', '192.168.0.1'], says: 'loopback' },
    { what: 'the name of another machine', args: ['--host', 'odoo.example'], says: 'loopback' },
    { what: 'a name that begins as loopback does', args: ['--host', '127.0.0.1.example'], says: 'loopback' },
    { what: 'an empty address', args: ['--host='], says: 'loopback' },
    { what: 'a version that there is not', args: ['--odoo', '16'], says: '17, 18 and 19' },
    { what: 'a version with a fraction', args: ['--odoo', '18.0'], says: '17, 18 and 19' },
    { what: 'a port that is no number', args: ['--port', 'http'], says: '0 to 65535' },
    { what: 'a port out of range', args: ['--port', '65536'], says: '0 to 65535' },
    { what: 'a name of a database that a shell could read', args: ['--database', "a'b"], says: 'letters' },
    { what: 'a file without a name', args: ['--file='], says: 'Name the file' },
    { what: 'an option that there is not', args: ['--open'], says: '--open' },
    { what: 'what is no option', args: ['18'], says: '18' },
  ])('$what, with code 2', async ({ args, says }) => {
    const { code, stdout, stderr } = await runToEnd(args)
    expect({ code, stdout }).toEqual({ code: USAGE, stdout: '' })
    expectSentence(stderr, says)
  })

  test('a version of the environment that there is not, with code 2', async () => {
    const { code, stderr } = await runToEnd([], { GATEHOUSE_SANDBOX_ODOO: '12' })
    expect(code).toBe(USAGE)
    expectSentence(stderr, 'GATEHOUSE_SANDBOX_ODOO')
  })

  test('a port that is taken, and names the way out', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    try {
      const { code, stdout, stderr } = await runToEnd(['--port', String(port)])
      expect({ code, stdout }).toEqual({ code: CONFIG, stdout: '' })
      expectSentence(stderr, String(port))
      expect(stderr).toContain('--port')
    } finally {
      taken.close()
    }
  })

  test('a file of another version, and leaves it as it is', async () => {
    const file = join(directory, 'seventeen.db')
    const seventeen = runSandboxCommand(['--odoo', '17', '--port', '0', '--file', file])
    await seventeen.printed(/Stop it/)
    expect(await seventeen.stop()).toBe(0)
    const before = readFileSync(file)
    const { code, stderr } = await runToEnd(['--odoo', '18', '--file', file])
    expect(code).toBe(CONFIG)
    expectSentence(stderr, 'Odoo 17, not 18')
    expect(stderr).toContain(file)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a file that another sandbox has open, which goes on', async () => {
    const file = join(directory, 'taken.db')
    const first = runSandboxCommand(['--port', '0', '--file', file])
    const [url] = await first.printed(/http:\/\/127\.0\.0\.1:\d+/)
    const { code, stdout, stderr } = await runToEnd(['--file', file])
    expect({ code, stdout }).toEqual({ code: CONFIG, stdout: '' })
    expectSentence(stderr, `${file} open: stop it first`)
    const credentials = { db: 'demo', login: 'admin', password: 'admin' }
    const { json } = await call(url, { path: '/web/session/authenticate', json: { params: credentials } })
    expect(json).toMatchObject({ result: { uid: 2 } })
    await first.stop()
  })

  test('a file that is no database, and leaves it as it is', async () => {
    const file = join(directory, 'letter.txt')
    writeFileSync(file, 'Dear Sir or Madam,\n'.repeat(100))
    const { code, stderr } = await runToEnd(['--file', file])
    expect(code).toBe(CONFIG)
    expectSentence(stderr, file)
    expect(readFileSync(file, 'utf8')).toBe('Dear Sir or Madam,\n'.repeat(100))
  })

  test.each(['/no/such/directory/records.db', '/'])('%s as a file', async (file) => {
    const { code, stderr } = await runToEnd(['--file', file])
    expect(code).toBe(CONFIG)
    expectSentence(stderr, file)
  })
})

async function runToEnd(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const running = runSandboxCommand(['--port', '0', ...args], env)
  const code = await running.ended
  return { code, stdout: running.stdout(), stderr: running.stderr() }
}

/** What is wrong and a way out, without a stack. */
function expectSentence(stderr: string, says: string): void {
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/^\s+at .+[:(]\d+/m)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
}
