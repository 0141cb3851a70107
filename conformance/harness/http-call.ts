import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { parseSetCookie, type SetCookie } from './set-cookie.ts'

/** Header values by name; a list is sent as that many header lines. Names are sent as they are written. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** One call. `json` is serialised and sent as `application/json`; `body` is sent as it is, without a content type. */
export type Call = {
  /** Default GET, POST with a body. */
  readonly method?: string
  /** Path with or without a query; sent as it is, so that a test decides what is escaped. */
  readonly path: string
  /** Appended to the path, each name and value percent-encoded. */
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly headers?: RequestHeaders
  readonly json?: unknown
  readonly body?: string | Buffer
}

/** What came back. */
export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly cookies: readonly SetCookie[]
  readonly text: string
  /** The parsed body; `undefined` when the body is no JSON. */
  readonly json: unknown
}

/** Longest wait for one answer, in milliseconds. */
const TIMEOUT_MS = 30_000

/**
 * Sends one call on a connection of its own. Not `fetch`: that adds `Sec-Fetch-Mode` and a user agent of its own, joins
 * repeated headers and hides `Set-Cookie`, and all of these are part of what is tested.
 */
export function call(baseUrl: string, request: Call): Promise<Answer> {
  const url = new URL(baseUrl)
  const payload = bodyOf(request)
  const headers = headerLines(request, url.host, payload)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const outgoing = send({
      host: url.hostname,
      port: url.port,
      method: request.method ?? (payload === undefined ? 'GET' : 'POST'),
      path: pathOf(request),
      headers,
      agent: false,
      timeout: TIMEOUT_MS,
    })
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          cookies: (incoming.headers['set-cookie'] ?? []).map(parseSetCookie),
          text,
          json: parseJson(text),
        })
      })
    })
    // A refusal may arrive before the whole body was sent; the broken pipe that follows changes nothing then.
    outgoing.on('error', reject)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS} ms: ${request.path}`)))
    outgoing.end(payload)
  })
}

function bodyOf(request: Call): string | Buffer | undefined {
  return request.json === undefined ? request.body : JSON.stringify(request.json)
}

function pathOf(request: Call): string {
  const terms = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  )
  if (terms.length === 0) return request.path
  return `${request.path}${request.path.includes('?') ? '&' : '?'}${terms.join('&')}`
}

/** Name, value, name, value: the form in which node keeps repeated headers apart. */
function headerLines(request: Call, host: string, payload: string | Buffer | undefined): string[] {
  const given = Object.entries(request.headers ?? {}).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    return typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one])
  })
  const has = (name: string) => given.some(([one]) => one.toLowerCase() === name)
  const lines: [string, string][] = [['Connection', 'close']]
  if (!has('host')) lines.push(['Host', host])
  if (request.json !== undefined && !has('content-type')) lines.push(['Content-Type', 'application/json'])
  if (payload !== undefined && !has('content-length') && !has('transfer-encoding')) {
    lines.push(['Content-Length', String(Buffer.byteLength(payload))])
  }
  return [...lines, ...given].flat()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
