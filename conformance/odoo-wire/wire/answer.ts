import { isObject, type Json, mapTexts } from '../json.ts'
import type { RecordedAnswer } from '../recording.ts'
import { type Page, readPage, readRecordedPage } from './html-page.ts'
import type { WireAnswer } from './raw-answer.ts'
import { readXmlRpc } from './xml-rpc.ts'

/**
 * What kind of answer it is: the three envelopes of JSON-RPC (a result, an error, or neither, as when a method returns
 * None), other JSON, a page, XML-RPC, other text, bytes, or nothing.
 */
export type AnswerKind = 'result' | 'error' | 'none' | 'json' | 'html' | 'xml' | 'text' | 'binary' | 'empty'

/** An answer as a client notices it. */
export type Answer = {
  readonly status: number
  readonly kind: AnswerKind
  /** The parsed body, the text, of XML-RPC its leaves; `null` of pages and of nothing, which say all in `page`. */
  readonly body: Json
  /** What a person sees and fills in on a page. */
  readonly page: Page | null
  /** Where a redirect leads, without the host. */
  readonly location: string | null
  /** Media type and first bytes of binary content, so that a picture is told from an error. */
  readonly media: string | null
  /** `Content-Disposition`: whether a download is saved, and its name. */
  readonly disposition: string | null
  /** Scheme of `WWW-Authenticate`, in lower case. */
  readonly challenge: string | null
  /** Ids of the sessions that the answer sets, in order. */
  readonly sessions: readonly string[]
}

/** The recorded answer to a request of this verb. */
export function recordedAnswer({ status, headers, body }: RecordedAnswer, method: string): Answer {
  const type = mediaTypeOf(headers)
  const rest = { status, ...headersOf(headers), page: null, media: null }
  if (isObject(body) && isObject(body.$binary)) {
    return { ...rest, kind: 'binary', body: null, media: `${type} ${String(body.$binary.first_bytes_hex)}` }
  }
  if (method === 'HEAD') return { ...rest, kind: 'empty', body: null }
  if (typeof body !== 'string') return { ...rest, ...jsonAnswer(body, type) }
  const page = readRecordedPage(body)
  return page ? { ...rest, kind: 'html', body: null, page } : { ...rest, ...textAnswer(body, type) }
}

/** The answer that came over the wire. */
export function wireAnswer({ status, headers, body }: WireAnswer): Answer {
  const type = mediaTypeOf(headers)
  const rest = { status, ...headersOf(headers), page: null, media: null }
  if (body.length === 0) return { ...rest, kind: 'empty', body: null }
  if (!/^text\/|json|xml/.test(type)) {
    return { ...rest, kind: 'binary', body: null, media: `${type} ${body.subarray(0, 8).toString('hex')}` }
  }
  return { ...rest, ...textAnswer(body.toString('utf8'), type) }
}

type Told = Pick<Answer, 'kind' | 'body' | 'page'>

function textAnswer(text: string, type: string): Told {
  if (text === '') return { kind: 'empty', body: null, page: null }
  if (/xml/.test(type)) return { kind: 'xml', body: readXmlRpc(text), page: null }
  const json = /json/.test(type) || /^[[{]/.test(text) ? parsed(text) : undefined
  if (json !== undefined) return { ...jsonAnswer(json, 'application/json'), page: null }
  if (/<(?:!doctype|html|title)\b/i.test(text)) return { kind: 'html', body: null, page: readPage(text) }
  return { kind: 'text', body: text.trim(), page: null }
}

function jsonAnswer(body: Json, type: string): Told {
  if (body === null && !/json/.test(type)) return { kind: 'empty', body, page: null }
  const named = shortenNames(body)
  if (!isObject(named) || !('jsonrpc' in named)) return { kind: 'json', body: named, page: null }
  return { kind: 'error' in named ? 'error' : 'result' in named ? 'result' : 'none', body: named, page: null }
}

/** Of an exception's name the last part counts: forks rename the modules, and clients must not look at them. */
function shortenNames(body: Json): Json {
  if (!isObject(body)) return body
  const isFault = typeof body.name === 'string' && 'arguments' in body && 'debug' in body
  if (isFault) return { ...body, name: mapTexts(body.name ?? null, lastPart) }
  if (isObject(body.error) && isObject(body.error.data)) {
    return { ...body, error: { ...body.error, data: shortenNames(body.error.data) } }
  }
  return body
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

type Headers = RecordedAnswer['headers']

function headersOf(headers: Headers): Pick<Answer, 'location' | 'disposition' | 'challenge' | 'sessions'> {
  const cookies = [headers['set-cookie'] ?? []].flat()
  return {
    location: headerOf(headers, 'location')?.replace(/^https?:\/\/[^/]*/, '') ?? null,
    disposition: headerOf(headers, 'content-disposition') ?? null,
    challenge: headerOf(headers, 'www-authenticate')?.trim().split(' ')[0]?.toLowerCase() ?? null,
    sessions: cookies.flatMap((cookie) => /^session_id=([^;]+)/.exec(cookie)?.[1] ?? []),
  }
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'object' ? value[0] : value
}

function mediaTypeOf(headers: Headers): string {
  return (headerOf(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
