import { Pool } from 'undici'
import { exchange, type OdooAnswer, type OdooRequest } from './exchange.ts'

/** Where an Odoo is, and how long and how much to wait for. */
export type OdooTransportOptions = {
  /** The origin of Odoo: scheme, host and port, no path. */
  readonly url: string
  /** Milliseconds until a connection stands. Default 5,000. */
  readonly connectTimeoutMs?: number
  /** Milliseconds until the answer begins, which is when Odoo has done its work. Default 30,000. */
  readonly headersTimeoutMs?: number
  /** Milliseconds between two pieces of the answer. Default 30,000. */
  readonly bodyTimeoutMs?: number
  /** Milliseconds for everything together, the wait for a free connection included. Default 120,000. */
  readonly totalTimeoutMs?: number
  /** Connections at the same time; further requests wait. Default 64. */
  readonly connectionsMax?: number
  /** Bytes of one answer. Default 33,554,432 (32 MiB). */
  readonly answerBytesMax?: number
}

/**
 * A way to one Odoo over HTTP. It adds nothing to a request, follows no redirect and repeats nothing: whether a second
 * try is safe, only the caller knows.
 */
export type OdooTransport = {
  /** The origin, without a slash at its end. */
  readonly url: string
  /** @throws OdooUnreachable unless an answer came, whatever its status. */
  post(path: string, request: { readonly headers?: RequestHeaders; readonly body: string }): Promise<OdooAnswer>
  /** @throws OdooUnreachable unless an answer came, whatever its status. */
  get(path: string, request?: { readonly headers?: RequestHeaders }): Promise<OdooAnswer>
  /** Ends when the requests under way have. */
  close(): Promise<void>
}

/** Header names in lower case. */
export type RequestHeaders = Readonly<Record<string, string>>

const DEFAULTS = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 30_000,
  totalTimeoutMs: 120_000,
  connectionsMax: 64,
  answerBytesMax: 32 * 1024 * 1024,
} as const

/**
 * Opens a pool of connections to one Odoo; a connection is made when the first request needs it. Odoo itself closes
 * each connection after one answer; a proxy before it may keep them.
 *
 * @throws TypeError if the url is not an http or https origin.
 */
export function createOdooTransport(options: OdooTransportOptions): OdooTransport {
  const settings = { ...DEFAULTS, ...options }
  const origin = readOrigin(options.url)
  const pool = new Pool(origin, {
    connections: settings.connectionsMax,
    connectTimeout: settings.connectTimeoutMs,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
    // Odoo drops what is sent before it has answered, and none of this was tried over HTTP/2.
    pipelining: 1,
    allowH2: false,
  })
  const limits = { totalTimeoutMs: settings.totalTimeoutMs, answerBytesMax: settings.answerBytesMax }
  const send = (request: OdooRequest): Promise<OdooAnswer> => exchange(pool, request, limits)
  return {
    url: origin,
    post: (path, { headers = {}, body }) => send({ method: 'POST', path, headers, body }),
    get: (path, { headers = {} } = {}) => send({ method: 'GET', path, headers }),
    close: () => pool.close(),
  }
}

function readOrigin(url: string): string {
  const { protocol, origin, pathname, search, hash, username, password } = new URL(url)
  const isBare = pathname === '/' && search === '' && hash === '' && username === '' && password === ''
  if ((protocol !== 'http:' && protocol !== 'https:') || !isBare) {
    throw new TypeError('The url of an Odoo is a scheme http or https, a host and a port, and nothing else.')
  }
  return origin
}
