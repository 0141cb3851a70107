import { escapeHtml } from './html.ts'

/** What is sent back: status, headers and a body that is complete. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  /**
   * The id that the session cookie is set to. Without one, an answer below 400 to somebody without a session names a new
   * one, as Odoo does.
   */
  readonly sessionId?: string | undefined
  /** Other cookies: values of Set-Cookie. */
  readonly cookies?: readonly string[]
  /** Overrules what the status says about naming a new session. */
  readonly namesSession?: boolean
}

/** JSON with Odoo's own content type. */
export function jsonAnswer(body: unknown, sessionId?: string, status = 200): Answer {
  return { status, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(body), sessionId }
}

/** A page, or any text for a browser. */
export function htmlAnswer(body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
  return { status, headers: { 'content-type': HTML_TYPE, ...headers }, body }
}

/** Sends the client elsewhere, in werkzeug's words. Odoo's pages use 303, merged slashes 308. */
export function redirect(status: 301 | 302 | 303 | 307 | 308, location: string): Answer {
  const shown = escapeHtml(location)
  const body =
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
    `<p>You should be redirected automatically to the target URL: <a href="${shown}">${shown}</a>. If not, click the link.\n`
  return htmlAnswer(body, { location: headerSafe(location) }, status)
}

const JSON_TYPE = 'application/json; charset=utf-8'
const HTML_TYPE = 'text/html; charset=utf-8'

const PAGES = {
  400: ['Bad Request', 'The browser (or proxy) sent a request that this server could not understand.'],
  401: [
    'Unauthorized',
    "The server could not verify that you are authorized to access the URL requested. You either supplied the wrong credentials (e.g. a bad password), or your browser doesn't understand how to supply the credentials required.",
  ],
  403: [
    'Forbidden',
    "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.",
  ],
  404: [
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  ],
  405: ['Method Not Allowed', 'The method is not allowed for the requested URL.'],
  413: ['Request Entity Too Large', 'The data value transmitted exceeds the capacity limit.'],
  415: ['Unsupported Media Type', 'The server does not support the media type transmitted in the request.'],
  416: ['Requested Range Not Satisfiable', 'The server cannot provide the requested range.'],
  422: ['Unprocessable Entity', 'The request was well-formed but was unable to be followed due to semantic errors.'],
  500: [
    'Internal Server Error',
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
  ],
} as const

/** The statuses that werkzeug has a page for, as far as Odoo uses them. */
export type ErrorStatus = keyof typeof PAGES

/** One of werkzeug's error pages, which Odoo shows also to clients that asked for JSON. */
export function errorPage(status: ErrorStatus, text?: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const [title, usual] = PAGES[status]
  const body =
    `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n` +
    `<p>${escapeHtml(text ?? usual).replaceAll('\n', '<br>')}</p>\n`
  return htmlAnswer(body, headers, status)
}

/** A header holds Latin-1 without line breaks; a location that does not is percent-encoded where it must be. */
function headerSafe(location: string): string {
  return location.replace(/[^\u0021-\u007e]/gu, (character) => encodeURIComponent(character.toWellFormed()))
}
