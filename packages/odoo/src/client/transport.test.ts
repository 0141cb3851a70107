import { createServer } from 'node:net'
import { Pool } from 'undici'
import { describe, expect, test } from 'vitest'
import { exchange, type OdooAnswer } from './exchange.ts'
import { createOdooTransport, type OdooTransportOptions, OdooUnreachable, probeVersion } from './index.ts'
import { type Answering, type Reply, recorded, resultReply, startOdoo } from './testing/recorded-odoo.ts'

/** What a version probe of a server that answers so comes to. */
async function failure(answering: Answering, options: Partial<OdooTransportOptions> = {}): Promise<OdooUnreachable> {
  await using odoo = await startOdoo(answering)
  const transport = createOdooTransport({ url: odoo.url, ...options })
  const error = await probeVersion(transport).catch((reason: unknown) => reason)
  await transport.close()
  if (error instanceof OdooUnreachable) return error
  throw new Error(`It ended as ${String(error)}.`)
}

/** A port of 127.0.0.1 where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('It had no port.')
  return address.port
}

describe('an answer that is not of Odoo is bad_answer with its status, and may have been carried out', () => {
  const html = { 'content-type': 'text/html' }
  test.each<[name: string, status: number, answering: Answering]>([
    ['a page 404 of Odoo, where no database is chosen', 404, () => recorded('page_404_18')],
    ['a page 500 of Odoo, as a lone surrogate gives', 500, () => recorded('page_500_18')],
    ['a text 400 of Odoo 17', 400, () => recorded('page_400_17')],
    ['a page 502 of a proxy', 502, () => ({ status: 502, headers: html, body: '<h1>Bad Gateway</h1>' })],
    ['a page 413 of a proxy', 413, () => ({ status: 413, headers: html, body: '<h1>Too Large</h1>' })],
    ['a redirect', 301, () => ({ status: 301, headers: { location: 'https://elsewhere.example/' }, body: '' })],
    ['a page with status 200', 200, () => ({ status: 200, headers: html, body: '<html></html>' })],
    ['an envelope with status 500', 500, () => ({ ...recorded('version_18'), status: 500 })],
    ['an empty body', 200, () => ({ status: 200, headers: {}, body: '' })],
    ['half an envelope', 200, () => ({ ...resultReply(1), body: '{"jsonrpc":"2.0","id":1,"resu' })],
    ['JSON that is no object', 200, () => ({ ...resultReply(1), body: '[1]' })],
    ['JSON null', 200, () => ({ ...resultReply(1), body: 'null' })],
    ['an object without jsonrpc', 200, () => ({ ...resultReply(1), body: '{"result":{"server_version":"18.0"}}' })],
    ['an envelope without a version', 200, () => resultReply({})],
    ['an envelope with a version that is none', 200, () => resultReply({ server_version: 'master' })],
  ])('%s', async (_, status, answering) => {
    expect(await failure(answering)).toMatchObject({ reason: 'bad_answer', sent: true, status })
  })

  test('the message tells nothing of what answered', async () => {
    const body = '<h1>upstream db-internal-7:5432 refused</h1>'
    expect((await failure(() => ({ status: 502, headers: html, body }))).message).not.toContain('db-internal-7')
  })
})

describe('a connection that fails', () => {
  test('nobody listens: connect, and nothing was sent', async () => {
    const transport = createOdooTransport({ url: `http://127.0.0.1:${await closedPort()}` })
    await expect(probeVersion(transport)).rejects.toMatchObject({ reason: 'connect', sent: false })
    await transport.close()
  })

  test('broken before the answer: dropped, and it may have been carried out', async () => {
    const error = await failure((_, response) => {
      response.destroy()
      return undefined
    })
    expect(error).toMatchObject({ reason: 'dropped', sent: true })
    expect(error.status).toBeUndefined()
  })

  test('broken in the middle of the answer: dropped, with its status', async () => {
    const error = await failure((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"jsonrpc"', () => response.destroy())
      return undefined
    })
    expect(error).toMatchObject({ reason: 'dropped', sent: true, status: 200 })
  })
})

describe('the limits hold', () => {
  const silent: Answering = () => undefined
  const stalling: Answering = (_, response) => {
    response.writeHead(200).write('{')
    return undefined
  }

  test.each<[name: string, answering: Answering, options: Partial<OdooTransportOptions>]>([
    ['no answer within headersTimeoutMs', silent, { headersTimeoutMs: 50 }],
    ['no further piece within bodyTimeoutMs', stalling, { bodyTimeoutMs: 50 }],
    ['no whole answer within totalTimeoutMs', stalling, { totalTimeoutMs: 50 }],
  ])('%s: timeout, and it may have been carried out', async (_, answering, options) => {
    expect(await failure(answering, options)).toMatchObject({ reason: 'timeout', sent: true })
  })

  test('an answer beyond answerBytesMax is too_large, one of exactly as many bytes is read', async () => {
    const reply = recorded('version_18')
    const answerBytesMax = Buffer.byteLength(reply.body)
    expect(await failure(() => reply, { answerBytesMax: answerBytesMax - 1 })).toMatchObject({
      reason: 'too_large',
      sent: true,
    })
    await using odoo = await startOdoo(() => reply)
    const transport = createOdooTransport({ url: odoo.url, answerBytesMax })
    expect(await probeVersion(transport)).toMatchObject({ serie: '18.0' })
    await transport.close()
  })

  test('an answer without end is cut off', async () => {
    const error = await failure(
      (_, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write('x'.repeat(65_536), more)
        }
        response.writeHead(200)
        more()
        return undefined
      },
      { answerBytesMax: 1_000_000 },
    )
    expect(error).toMatchObject({ reason: 'too_large', sent: true, status: 200 })
  })

  test('a request that waited too long for a connection is never sent', async () => {
    const held = Promise.withResolvers<Reply>()
    await using odoo = await startOdoo(({ path }) => (path === '/held' ? held.promise : resultReply(1)))
    const pool = new Pool(odoo.url, { connections: 1 })
    const get = (path: string, totalTimeoutMs: number): Promise<OdooAnswer> =>
      exchange(pool, { method: 'GET', path, headers: {} }, { totalTimeoutMs, answerBytesMax: 1000 })
    const first = get('/held', 60_000)
    await expect(get('/waiting', 20)).rejects.toMatchObject({ reason: 'timeout', sent: false })
    held.resolve(resultReply(1))
    expect(await first).toMatchObject({ status: 200 })
    expect(await get('/after', 60_000)).toMatchObject({ status: 200 })
    expect(odoo.seen.map(({ path }) => path)).toEqual(['/held', '/after'])
    await pool.close()
  })
})

describe('the pool', () => {
  test('serves more requests than it has connections, on a server that closes each one', async () => {
    await using odoo = await startOdoo(() => recorded('version_18'))
    const transport = createOdooTransport({ url: odoo.url, connectionsMax: 2 })
    const versions = await Promise.all(Array.from({ length: 20 }, () => probeVersion(transport)))
    expect(versions).toHaveLength(20)
    expect(odoo.seen).toHaveLength(20)
    await transport.close()
  })

  test('sends each request once, also where the server drops it', async () => {
    await using odoo = await startOdoo((_, response) => {
      response.destroy()
      return undefined
    })
    const transport = createOdooTransport({ url: odoo.url })
    await expect(transport.get('/web/health')).rejects.toMatchObject({ reason: 'dropped', sent: true })
    await expect(transport.post('/jsonrpc', { body: '{}' })).rejects.toMatchObject({ reason: 'dropped', sent: true })
    expect(odoo.seen).toHaveLength(2)
    await transport.close()
  })

  test('get answers status, headers and bytes as they are', async () => {
    await using odoo = await startOdoo(() => ({ status: 303, headers: { location: '/odoo' }, body: 'é' }))
    const transport = createOdooTransport({ url: `${odoo.url}/` })
    const { status, headers, body } = await transport.get('/', { headers: { 'x-test': '1' } })
    expect([status, headers.location, body.toString('utf8')]).toEqual([303, '/odoo', 'é'])
    expect(odoo.seen).toMatchObject([{ method: 'GET', path: '/', headers: { 'x-test': '1' } }])
    expect(transport.url).toBe(odoo.url)
    await transport.close()
  })

  test('after close nothing is sent', async () => {
    await using odoo = await startOdoo(() => recorded('version_18'))
    const transport = createOdooTransport({ url: odoo.url })
    await transport.close()
    await expect(probeVersion(transport)).rejects.toMatchObject({ reason: 'connect', sent: false })
    expect(odoo.seen).toHaveLength(0)
  })

  test.each([
    'ftp://odoo.example',
    'http://odoo.example/web',
    'http://user:pw@odoo.example',
    'http://odoo.example/?db=x',
    'odoo',
  ])('the url %s is refused', (url) => {
    expect(() => createOdooTransport({ url })).toThrow(TypeError)
  })
})

test('a header that could end the request is a mistake of the program, and is not sent', async () => {
  const transport = createOdooTransport({ url: 'http://127.0.0.1:9' })
  await expect(transport.get('/', { headers: { 'x-evil': 'a\r\nb: c' } })).rejects.toThrow(TypeError)
  await transport.close()
})
