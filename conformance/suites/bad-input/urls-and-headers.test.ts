import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let session: Session

beforeAll(async () => {
  session = await signIn(target.url, target.users.demo)
})

describe('a URL or a header that is too large: 431 with a JSON body', () => {
  test.each([40_000, 100_000, 1_000_000])('a URL of %i characters', async (length) => {
    const path = `/api/send_request?model=res.partner&fields=${'x'.repeat(length)}`
    expectRefused(await call(target.url, { path, headers: { Authorization: `Bearer ${session.token}` } }), {
      status: 431,
    })
  })

  test.each(['X-Large', 'Authorization', 'Cookie', 'access_token'])(
    'the header %s of 100,000 characters',
    async (name) => {
      const headers = { [name]: 'x'.repeat(100_000) }
      expectRefused(await call(target.url, { path: '/api/protected/json', headers, json: {} }), { status: 431 })
    },
  )

  test('many headers', async () => {
    const headers = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`X-Many-${n}`, 'x'.repeat(20)]))
    expectRefused(await call(target.url, { path: '/healthz', headers }), { status: 431 })
  })

  test('the process lives', async () => {
    expect((await call(target.url, { path: '/healthz' })).status).toBe(200)
  })
})

describe('a URL that is no good: 4xx with a JSON body', () => {
  test.each([
    '/api/send_request?model=%',
    '/api/send_request?model=%ff%fe',
    '/api/send_request?model=%00',
    '/api/%2e%2e/%2e%2e/etc/passwd',
    '/api/send_request/',
    '/API/AUTHENTICATE',
    '//evil.example/api/login',
    '/%',
    '/api/authenticate/extra',
  ])('%s', async (path) => {
    const headers = { Authorization: `Bearer ${await session.bearer()}` }
    const answer = await call(target.url, { path, headers })
    expectRefused(answer, { status: [400, 403, 404, 405] })
    expect(answer.headers).not.toHaveProperty('location')
  })
})

// skip: a given gateway may stand behind a proxy or TLS, and what it does with broken HTTP is the proxy's answer.
describe.skipIf(target.kind === 'external')('bytes that are no HTTP', () => {
  test.each([
    ['no request', 'hello\r\n\r\n'],
    ['a header without a colon', 'GET /healthz HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n'],
    ['two lengths', 'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    ],
    ['a length that is no number', 'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\n{}'],
    ['a bare line feed in a header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\nX-C: d\r\0\r\n\r\n'],
  ])('%s: 4xx or nothing, and the process lives', async (_name, bytes) => {
    const text = await sendBytes(bytes)
    if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await call(target.url, { path: '/healthz' })).status).toBe(200)
  })
})

function sendBytes(bytes: string): Promise<string> {
  const { hostname, port } = new URL(target.url)
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}
