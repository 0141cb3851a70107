import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts'
import { post, signIn, startTestSandbox } from './testing/client.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})

afterEach(() => rm(folder, { recursive: true }))

describe('a sandbox', () => {
  test.each(['0.0.0.0', '::', '', '192.168.0.1', 'odoo.example', '127.0.0.1.example', '::ffff:192.168.0.1'])(
    'refuses to listen on %j',
    async (host) => {
      await expect(startSandbox({ host })).rejects.toThrow('The sandbox listens on loopback only')
    },
  )

  test.each([
    { what: 'a version that there is not', options: { odooVersion: 16 }, says: 'There are Odoo 17, 18 and 19.' },
    { what: 'a version as text', options: { odooVersion: '18' }, says: 'There are Odoo 17, 18 and 19.' },
    { what: 'a name with a blank', options: { database: 'a b' }, says: 'letters, digits' },
    { what: 'no name', options: { database: '' }, says: 'letters, digits' },
  ])('refuses $what with a sentence', async ({ options, says }) => {
    // As a program without types would start it.
    const started = startSandbox(options as SandboxOptions)
    await expect(started).rejects.toThrow(RangeError)
    await expect(started).rejects.toThrow(says)
  })

  test('tells its own address as web.base.url, which the administrator may freeze', async () => {
    const file = join(folder, 'records.db')
    const baseUrl = async (sandbox: Sandbox) =>
      (await signIn(sandbox, 'admin')).call('ir.config_parameter', 'get_param', ['web.base.url'])
    const first = await startTestSandbox({ file })
    expect(await baseUrl(first)).toBe(first.url)
    const admin = await signIn(first, 'admin')
    await admin.call('ir.config_parameter', 'set_param', ['web.base.url', 'https://odoo.example'])
    await admin.call('ir.config_parameter', 'set_param', ['web.base.url.freeze', 'True'])
    await first.close()
    const second = await startTestSandbox({ file })
    expect(await baseUrl(second)).toBe('https://odoo.example')
    await second.close()
  })

  test.each(['127.0.0.1', '127.8.0.1', 'localhost'])('listens on %s', async (host) => {
    const sandbox = await startTestSandbox({ host })
    expect(new URL(sandbox.url).hostname).toBe(host)
    expect((await fetch(`${sandbox.url}/web/health`)).status).toBe(200)
    await sandbox.close()
  })

  test('fails when its port is taken', async () => {
    const first = await startTestSandbox()
    await expect(startTestSandbox({ port: Number(new URL(first.url).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    await first.close()
  })

  test('serves the database of the name it is given', async () => {
    const sandbox = await startTestSandbox({ database: 'acme' })
    expect(sandbox.database).toBe('acme')
    expect((await post(sandbox, '/web/database/list', {})).body.result).toEqual(['acme'])
    await signIn(sandbox, 'demo')
    await sandbox.close()
  })

  test('does not answer once it is closed', async () => {
    const sandbox = await startTestSandbox()
    await sandbox.close()
    await expect(fetch(`${sandbox.url}/web/health`)).rejects.toThrow()
  })
})

describe('a file', () => {
  test('keeps records and sessions from start to start', async () => {
    const file = join(folder, 'records.db')
    const first = await startTestSandbox({ file })
    const { sessionId, call } = await signIn(first, 'demo')
    const id = await call('res.partner', 'create', [{ name: 'Kept' }])
    await first.close()

    const second = await startTestSandbox({ file })
    const params = { model: 'res.partner', method: 'read', args: [[id], ['name']], kwargs: {} }
    expect((await post(second, '/web/dataset/call_kw', params, sessionId)).body.result).toEqual([{ id, name: 'Kept' }])
    await second.close()
  })

  test('keeps the secret of the second factor that it was filled with', async () => {
    const file = join(folder, 'records.db')
    const first = await startTestSandbox({ file, totpSecret: 'GEZDGNBVGY3TQOJQ' })
    await first.close()
    const second = await startTestSandbox({ file })
    await second.close()
    expect([first.totpSecret, second.totpSecret]).toEqual(['GEZDGNBVGY3TQOJQ', 'GEZDGNBVGY3TQOJQ'])
  })

  test('is for one sandbox at a time: the second is refused, and the first goes on', async () => {
    const file = join(folder, 'records.db')
    const first = await startTestSandbox({ file })
    await expect(startTestSandbox({ file })).rejects.toMatchObject({ name: 'FileInUse', code: 'EBUSY' })
    const { call } = await signIn(first, 'demo')
    expect(await call('res.partner', 'create', [{ name: 'Still here' }])).toBeGreaterThan(0)
    await first.close()
    await (await startTestSandbox({ file })).close()
  })

  test('that is refused is let go', async () => {
    const file = join(folder, 'records.db')
    await (await startTestSandbox({ file, odooVersion: 17 })).close()
    await expect(startTestSandbox({ file, odooVersion: 18 })).rejects.toThrow('Odoo 17')
    await (await startTestSandbox({ file, odooVersion: 17 })).close()
  })

  test('of another version is refused', async () => {
    const file = join(folder, 'records.db')
    await (await startTestSandbox({ file, odooVersion: 17 })).close()
    await expect(startTestSandbox({ file, odooVersion: 19 })).rejects.toThrow('holds records of Odoo 17, not 19')
  })

  test.each([
    { what: 'tables', script: 'CREATE TABLE invoices (id INTEGER)' },
    { what: 'tables and a mark', script: 'CREATE TABLE invoices (id INTEGER); PRAGMA user_version = 7' },
  ])('that something else filled with $what is refused and left as it is', async ({ script }) => {
    const file = join(folder, 'records.db')
    const other = new DatabaseSync(file)
    other.exec(script)
    await expect(startTestSandbox({ file })).rejects.toThrow('a database of something else')
    expect(other.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'invoices' }])
    other.close()
  })
})
