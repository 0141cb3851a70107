import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let sessionId: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  sessionId = (await signIn(sandbox, 'demo')).sessionId
})

afterAll(() => sandbox.close())

/** Sends pieces over one connection, each once the one before is on its way, and answers all that comes back. */
function talk(...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1', async () => {
      for (const piece of pieces) await new Promise<void>((sent) => socket.write(piece, () => sent()))
    })
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('end', () => resolve(text)).on('error', reject)
  })
}

const BODY = JSON.stringify({
  id: 5,
  params: { model: 'res.partner', method: 'search_count', args: [[['id', '=', 1]]], kwargs: {} },
})

const head = (line: string) =>
  `${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: session_id=${sessionId}\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`

test.each(['BREW', 'brew', 'GETX', 'X-MADE-UP'])('a call runs with the method %s', async (method) => {
  const text = await talk(head(`${method} /web/dataset/call_kw HTTP/1.1`) + BODY)
  expect(text).toContain('HTTP/1.1 200')
  expect(text).toContain('{"jsonrpc":"2.0","id":5,"result":1}')
})

test('a call in pieces runs, too', async () => {
  const text = await talk(head('BREW /web/dataset/call_kw HTTP/1.1'), BODY.slice(0, 20), BODY.slice(20))
  expect(text).toContain('"result":1')
})

test('a page asks it for a token as it asks POST', async () => {
  expect(await talk(head('BREW /web HTTP/1.1') + BODY)).toContain('Session expired (invalid CSRF token)')
})

test.each([
  ['no request line', 'nonsense\r\n\r\n'],
  ['a method that is no word', 'GE(T / HTTP/1.1\r\n\r\n'],
  ['a method without end', `${'A'.repeat(1000)} / HTTP/1.1\r\n\r\n`],
  ['a second request with a bad header', `BREW / HTTP/1.1\r\nbad header\r\n\r\n`],
])('%s is a 400', async (_case, text) => {
  expect(await talk(text)).toMatch(/^HTTP\/1\.1 400 /)
})

test('headers of more than 128 KiB are a 431', async () => {
  expect(await talk(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(140_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
})
