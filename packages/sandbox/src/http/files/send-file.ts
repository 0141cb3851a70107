import { fileDisposition } from '../../file/disposition.ts'
import type { FileElsewhere, ServedFile } from '../../file/served-file.ts'
import type { FileFacts } from '../../version/file-facts.ts'
import { type Answer, errorPage, redirect } from '../answer.ts'
import type { HttpExchange } from '../route.ts'

const YEAR_SECONDS = 31_536_000

/** How a file goes out, besides what it is. */
export type Sending = {
  readonly saved: boolean
  /** May caches keep it for a year? */
  readonly unique: boolean
  /** Overrules `unique`. */
  readonly nocache: boolean
}

/**
 * A file as an answer: whole, in part (RFC 9110 §14), or not at all when the client has it (§13.1). Browsers are told to
 * run nothing in it (odoo 18.0 http.py, Stream.get_response).
 */
export function sendFile(exchange: HttpExchange, file: ServedFile | FileElsewhere, sending: Sending): Answer {
  if ('url' in file) return redirect(301, file.url)
  const { engine, request } = exchange
  const cache = cacheControl(engine.version.files, file, sending)
  const headers = {
    'content-disposition': fileDisposition(file.name, sending.saved),
    ...(file.modifiedMs !== undefined && { 'last-modified': new Date(file.modifiedMs).toUTCString() }),
    'cache-control': cache,
    ...(cache.includes('max-age') && { expires: new Date(engine.nowMs() + YEAR_SECONDS * 1000).toUTCString() }),
    ...(file.etag !== undefined && { etag: `"${file.etag}"` }),
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  }
  const typed = { ...headers, 'content-type': contentType(file.type) }
  const range = file.bytes.length > 0 && isCurrent(request.headers['if-range'], file) && request.headers.range
  if (range) return sendPart(file.bytes, range, typed)
  if (clientHas(exchange, file)) return { status: 304, headers, body: '' }
  return { status: 200, headers: typed, body: file.bytes }
}

/** Texts are told to be UTF-8 (werkzeug utils.py, get_content_type). An attachment's type is whatever its maker wrote. */
function contentType(written: string): string {
  const type = written.replaceAll(/[^ -~]/g, '')
  const isText = type.startsWith('text/') || type.endsWith('+xml') || CHARSET_TYPES.has(type)
  return isText ? `${type}; charset=utf-8` : type
}

const CHARSET_TYPES = new Set([
  'application/javascript',
  'application/ecmascript',
  'application/sql',
  'application/xml',
])

function cacheControl(facts: FileFacts, file: ServedFile, { unique, nocache }: Sending): string {
  const isImmutable = unique && (facts.immutable === 'all' || file.isKept)
  const immutable = isImmutable ? ', immutable' : ''
  const isPrivate = facts.tellsPrivate && !file.isPublic
  if (!unique || nocache) return `no-cache${isPrivate ? ', private' : ''}${immutable}`
  return isPrivate ? `max-age=${YEAR_SECONDS}, private${immutable}` : `public, max-age=${YEAR_SECONDS}${immutable}`
}

function sendPart(bytes: Buffer, range: string, headers: Record<string, string>): Answer {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range) ?? []
  const from = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1)
  if ((first === '' && last === '') || from > to) {
    return errorPage(416, undefined, { 'content-range': `bytes */${bytes.length}` })
  }
  const told = { ...headers, 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${to}/${bytes.length}` }
  return { status: 206, headers: told, body: bytes.subarray(from, to + 1) }
}

/** A part is sent only of the content that the client knows the rest of. */
function isCurrent(ifRange: string | string[] | undefined, { etag, modifiedMs }: ServedFile): boolean {
  if (typeof ifRange !== 'string') return true
  return ifRange.includes('"') ? ifRange === `"${etag}"` : secondsOf(modifiedMs) <= secondsOf(Date.parse(ifRange))
}

function clientHas({ request }: HttpExchange, { etag, modifiedMs }: ServedFile): boolean {
  const known = request.headers['if-none-match']
  if (known !== undefined && etag !== undefined) {
    const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''))
    return tags.includes('*') || tags.includes(etag)
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return modifiedMs !== undefined && secondsOf(modifiedMs) <= secondsOf(since)
}

/** HTTP tells seconds. What is no moment is later and earlier than none. */
function secondsOf(ms: number | undefined): number {
  return ms === undefined ? Number.NaN : Math.floor(ms / 1000)
}
