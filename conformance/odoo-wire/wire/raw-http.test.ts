import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exchange } from './raw-http.ts'

let server: Server
let url: string
/** What the server got, and what it answers to it. */
let received: Buffer
let answer: (socket: Socket) => void

beforeEach(async () => {
  received = Buffer.alloc(0)
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      answer(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

describe('what is sent', () => {
  beforeEach(() => {
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })

  test('a verb that no library knows goes out as it is', async () => {
    await exchange(url, { method: 'BREW', path: '/a?b=c', headers: { 'x-one': '1' } })
    expect(received.toString()).toBe(
      `BREW /a?b=c HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\nx-one: 1\r\n\r\n`,
    )
  })

  test('Host can be left out', async () => {
    await exchange(url, { method: 'GET', path: '/', headers: {}, sendHost: false })
    expect(received.toString()).not.toMatch(/host/i)
  })

  test('bytes that are no UTF-8 arrive as they are', async () => {
    await exchange(url, { method: 'POST', path: '/', headers: {}, body: Buffer.from([0xff, 0x00, 0xfe]) })
    expect(received.subarray(-3)).toEqual(Buffer.from([0xff, 0x00, 0xfe]))
    expect(received.toString('latin1')).toContain('Content-Length: 3\r\n')
  })

  test('a body is sent in chunks where the recording has them', async () => {
    const headers = { 'transfer-encoding': 'chunked' }
    await exchange(url, { method: 'POST', path: '/', headers, body: Buffer.from('abc') })
    expect(received.toString()).toMatch(/\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n$/)
    expect(received.toString()).not.toContain('Content-Length')
  })
})

describe('what is read', () => {
  const cases = [
    ['to the announced length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd', false, 'ab'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n', false, 'abc'],
    ['to the end of the connection', 'HTTP/1.0 200 OK\r\nX: y\r\n\r\nabc', true, 'abc'],
    [
      'after an interim answer',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na',
      false,
      'a',
    ],
  ] as const
  test.each(cases)('%s', async (_name, bytes, ends, body) => {
    answer = (socket) => (ends ? socket.end(bytes) : socket.write(bytes))
    const found = await exchange(url, { method: 'GET', path: '/', headers: {} })
    expect([found.status, found.body.toString()]).toEqual([200, body])
  })

  test('an answer to HEAD has no body, whatever its length says', async () => {
    answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n')
    const found = await exchange(url, { method: 'HEAD', path: '/', headers: {} })
    expect(found.body).toHaveLength(0)
  })

  test('repeated headers stay apart, and cookies are always a list', async () => {
    const head = 'HTTP/1.1 200 OK\r\nX: 1\r\nx: 2\r\nSet-Cookie: a=b\r\nEtag: "e"\r\nContent-Length: 0\r\n\r\n'
    answer = (socket) => socket.write(head)
    const found = await exchange(url, { method: 'GET', path: '/', headers: {} })
    expect(found.headers).toEqual({ x: ['1', '2'], 'set-cookie': ['a=b'], etag: '"e"', 'content-length': '0' })
  })

  test('a connection that ends without an answer is an error', async () => {
    answer = (socket) => socket.end()
    await expect(exchange(url, { method: 'GET', path: '/', headers: {} })).rejects.toThrow('without an answer')
  })
})
