import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from './index.ts'
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
