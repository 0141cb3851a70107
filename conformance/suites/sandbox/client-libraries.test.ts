import { createRequire } from 'node:module'
import OdooAwait from 'odoo-await'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSandboxCommand, type SandboxProcess } from '../../harness/sandbox-process.ts'
import { target } from '../../harness/target.ts'

// A CommonJS module with a default export is another thing to an `import` in Node.js than in vitest.
const { default: OdooJsonRpc } = createRequire(import.meta.url)(
  '@fernandoslim/odoo-jsonrpc',
) as typeof import('@fernandoslim/odoo-jsonrpc')

/** What a library of the registry does, under one name for all of them. */
type Library = {
  signIn(): Promise<void>
  create(values: object): Promise<unknown>
  find(domain: unknown[], fields: string[]): Promise<unknown>
  write(id: number, values: object): Promise<unknown>
  unlink(id: number): Promise<unknown>
}

const MODEL = 'res.partner'

/** @fernandoslim/odoo-jsonrpc: with a password it opens a session, with an API key or what stands for one it calls `/jsonrpc`. */
function jsonRpc(url: string, secret: { password: string } | { apiKey: string }): Library {
  const client = new OdooJsonRpc({ ...addressOf(url), db: 'demo', username: 'admin', ...secret })
  return {
    signIn: async () => void (await client.connect()),
    create: (values) => client.create(MODEL, values),
    find: (domain, fields) => client.searchRead(MODEL, domain, fields),
    write: (id, values) => client.update(MODEL, id, values),
    unlink: (id) => client.delete(MODEL, id),
  }
}

function addressOf(url: string): { baseUrl: string; port: number } {
  const { protocol, hostname, port } = new URL(url)
  return { baseUrl: `${protocol}//${hostname}`, port: Number(port) }
}

/** odoo-await: `/xmlrpc/2`. */
function xmlRpc(url: string): Library {
  const client = new OdooAwait({ baseUrl: url, db: 'demo', username: 'admin', password: 'admin' })
  return {
    signIn: async () => void (await client.connect()),
    create: (values) => client.create(MODEL, values),
    find: (domain, fields) => client.searchRead(MODEL, domain, fields),
    write: (id, values) => client.update(MODEL, id, values),
    unlink: (id) => client.delete(MODEL, id),
  }
}

const LIBRARIES: readonly (readonly [name: string, open: (url: string) => Library])[] = [
  ['@fernandoslim/odoo-jsonrpc with a session', (url) => jsonRpc(url, { password: 'admin' })],
  ['@fernandoslim/odoo-jsonrpc over /jsonrpc', (url) => jsonRpc(url, { apiKey: 'admin' })],
  ['odoo-await over /xmlrpc/2', xmlRpc],
]

// skip: is about the sandbox and what it ships with.
describe.skipIf(target.kind !== 'sandbox').each([17, 18, 19])('on the sandbox as Odoo %i', (odoo) => {
  let sandbox: SandboxProcess
  let url: string

  beforeAll(async () => {
    sandbox = runSandboxCommand(['--odoo', String(odoo), '--port', '0'])
    ;[url] = await sandbox.printed(/http:\/\/127\.0\.0\.1:\d+/)
  })
  afterAll(() => sandbox.stop())

  test.each(LIBRARIES)('%s signs in, creates, finds, writes and deletes', async (_name, open) => {
    const library = open(url)
    await library.signIn()
    const id = Number(await library.create({ name: 'Ann <& Søn> 😀', is_company: true, partner_latitude: 1.5 }))
    expect(id).toBeGreaterThan(0)
    const fields = ['name', 'is_company', 'partner_latitude', 'country_id', 'category_id']
    const found = { id, is_company: true, partner_latitude: 1.5, country_id: false, category_id: [] }
    expect(await library.find([['id', '=', id]], fields)).toEqual([{ ...found, name: 'Ann <& Søn> 😀' }])
    expect(await library.write(id, { name: 'Ann' })).toBe(true)
    expect(await library.find([['id', '=', id]], fields)).toEqual([{ ...found, name: 'Ann' }])
    expect(await library.unlink(id)).toBe(true)
    expect(await library.find([['id', '=', id]], fields)).toEqual([])
  })

  test.each(LIBRARIES)('%s is told why Odoo refuses', async (_name, open) => {
    const library = open(url)
    await library.signIn()
    await expect(library.write(999_999, { name: 'x' })).rejects.toThrow('Record does not exist or has been deleted.')
  })
})
