import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { readAnswer, type WireAnswer } from './raw-answer.ts'

/** A request to the letter: nothing is added but what its recording left out. */
export type RawRequest = {
  /** Any token, also verbs that no library would send. */
  readonly method: string
  /** Path and query as they are sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Default true. */
  readonly sendHost?: boolean
}

/** Longest wait for one answer, in milliseconds. A real server may render a report. */
const TIMEOUT_MS = 60_000

/**
 * Sends one request over a connection of its own. Neither `fetch` nor `node:http` can: some recordings have a verb of
 * their own, no `Host`, or a body that is announced wrong.
 */
export function exchange(baseUrl: string, request: RawRequest): Promise<WireAnswer> {
  const url = new URL(baseUrl)
  const socket = open(url)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const finish = (ended: boolean) => {
      const answer = readAnswer(Buffer.concat(chunks), { isHead: request.method === 'HEAD', ended })
      if (answer !== undefined) resolve(answer)
      else if (ended) reject(new Error(`the connection ended without an answer to ${request.method} ${request.path}`))
      if (answer !== undefined || ended) socket.destroy()
    }
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)))
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      finish(false)
    })
    socket.on('end', () => finish(true))
    socket.on('error', reject)
    socket.write(bytesOf(request, url.host))
  })
}

function open(url: URL): Socket {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return url.protocol === 'https:' ? connectTls({ host, port, servername: host }) : connect({ host, port })
}

function bytesOf(request: RawRequest, host: string): Buffer {
  const { method, path, headers, body, sendHost = true } = request
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const isChunked = named.has('transfer-encoding')
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(sendHost && !named.has('host') ? [`Host: ${host}`] : []),
    ...(named.has('connection') ? [] : ['Connection: close']),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body && !isChunked && !named.has('content-length') ? [`Content-Length: ${body.length}`] : []),
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  if (!body) return head
  return Buffer.concat(isChunked ? [head, ...chunksOf(body)] : [head, body])
}

/** The body in two chunks, so that there is something to join. */
function chunksOf(body: Buffer): readonly Buffer[] {
  const middle = Math.ceil(body.length / 2)
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter((part) => part.length > 0)
  const written = parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
  return [...written, Buffer.from('0\r\n\r\n')]
}
