import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { readCookies } from './cookies.ts'

/** A request, as far as the sandbox looks at it. */
export type Request = {
  readonly method: string
  /** Percent-decoded, with one slash in front however many there were. */
  readonly path: string
  /** The path, a question mark (always, as werkzeug has it) and the query as it was sent. */
  readonly fullPath: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** The header, or nothing but ''. */
  readonly contentType: string
  readonly host: string
  /** By name; of two with one name the first counts. */
  readonly cookies: Readonly<Record<string, string>>
  /** The id that the client names: a session of it may live or not. */
  readonly sessionId: string | undefined
  /** Was it named otherwise than by the cookie? Then no cookie is set. */
  readonly explicitSession: boolean
  readonly bytes: Buffer
  /** The bytes read as UTF-8. */
  readonly body: string
  readonly remoteAddress: string
}

/** What is not in the message itself. */
export type RequestFacts = {
  readonly bytes: Buffer
  /** Do `session_id` of the query and the header X-Openerp-Session-Id count before the cookie? */
  readonly explicitSessions: boolean
  /** The method and the address, when node does not know them. */
  readonly method?: string
  readonly remoteAddress?: string
}

/** The request that a message of node's is. */
export function requestOf(
  message: IncomingMessage,
  { bytes, explicitSessions, method, remoteAddress }: RequestFacts,
): Request {
  const [rawPath = '/', ...rest] = (message.url ?? '/').split('?')
  const query = rest.join('?')
  const cookies = readCookies(message.headers.cookie)
  const parameters = new URLSearchParams(query)
  const header = message.headers['x-openerp-session-id']
  const explicit = explicitSessions ? parameters.get('session_id') || header : undefined
  let text: string | undefined
  const path = `/${decodePath(rawPath).replace(/^\/+/, '')}`
  return {
    method: method ?? message.method ?? 'GET',
    path,
    fullPath: `${path}?${query}`,
    query: parameters,
    headers: message.headers,
    contentType: message.headers['content-type'] ?? '',
    host: message.headers.host ?? '',
    cookies,
    sessionId: typeof explicit === 'string' ? explicit : cookies.session_id,
    explicitSession: typeof explicit === 'string',
    bytes,
    get body() {
      text ??= bytes.toString('utf8')
      return text
    },
    remoteAddress: remoteAddress ?? message.socket.remoteAddress ?? '',
  }
}

/** Decodes `%xx`; what is no UTF-8 becomes the replacement character, and a lone `%` stays. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path
  const bytes: Buffer[] = []
  for (const part of path.split(/(%[0-9a-f]{2})/i)) {
    bytes.push(/^%[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))
  }
  return Buffer.concat(bytes).toString('utf8')
}
