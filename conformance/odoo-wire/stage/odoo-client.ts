import { isObject, type Json, type JsonObject } from '../json.ts'
import { throughBrand } from '../wire/brand.ts'
import type { WireAnswer } from '../wire/raw-answer.ts'
import { exchange, type RawRequest } from '../wire/raw-http.ts'

/** The Odoo, real or not, that recordings are replayed against. */
export type Odoo = {
  readonly database: string
  /** Sends a request to it. */
  readonly send: (request: RawRequest) => Promise<WireAnswer>
}

/** The Odoo at an address. A fork has a `brand`, the name that it calls itself by. */
export function odooAt(url: string, database: string, brand?: string): Odoo {
  const send = (request: RawRequest) => exchange(url, request)
  return { database, send: brand === undefined ? send : throughBrand(brand, send) }
}

/** What a recording needs could not be brought about, so that its answer would say nothing. */
export class Unprepared extends Error {}

/** A call of a model's method. */
export type ModelCall = {
  readonly model: string
  readonly method: string
  readonly args: readonly Json[]
  readonly kwargs?: { readonly [name: string]: Json }
}

/** Signs in and answers the session's id. A half-open session, for want of a second factor, counts as signed in. */
export async function signIn(odoo: Odoo, login: string, password: string): Promise<string> {
  const answer = await postJson(odoo, '/web/session/authenticate', { db: odoo.database, login, password })
  resultOf(answer, `sign-in as ${login}`)
  const session = sessionOf(answer)
  if (session === undefined) throw new Unprepared(`sign-in as ${login} set no session`)
  return session
}

/** Calls a model's method in a session and answers its result, `null` where it answers none. */
export async function callModel(odoo: Odoo, session: string, call: ModelCall, route = 'call_kw'): Promise<Json> {
  const params = { kwargs: {}, ...call }
  const answer = await postJson(odoo, `/web/dataset/${route}`, params, session)
  return resultOf(answer, `${call.method} of ${call.model}`)
}

/** Calls a service of `/jsonrpc` and answers its result. */
export async function callService(odoo: Odoo, params: JsonObject): Promise<Json> {
  return resultOf(await postJson(odoo, '/jsonrpc', params), String(params.method))
}

/** Fetches a page, in a session or without. */
export function getPage(odoo: Odoo, path: string, session?: string): Promise<WireAnswer> {
  const headers: Record<string, string> = session === undefined ? {} : { cookie: `session_id=${session}` }
  return odoo.send({ method: 'GET', path, headers })
}

/** The id of the session that an answer sets; of several the last one. */
export function sessionOf(answer: WireAnswer): string | undefined {
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  return cookies.flatMap((cookie) => /^session_id=([^;]+)/.exec(cookie)?.[1] ?? []).at(-1)
}

function postJson(odoo: Odoo, path: string, params: Json | ModelCall, session?: string): Promise<WireAnswer> {
  const headers = {
    'content-type': 'application/json',
    ...(session === undefined ? {} : { cookie: `session_id=${session}` }),
  }
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params }))
  return odoo.send({ method: 'POST', path, headers, body })
}

function resultOf(answer: WireAnswer, what: string): Json {
  const body = parsed(answer.body.toString('utf8'))
  if (!isObject(body)) throw new Unprepared(`${what}: HTTP ${answer.status}`)
  const data = isObject(body.error) ? body.error.data : undefined
  if (data === undefined) return body.result ?? null
  throw new Unprepared(`${what}: ${isObject(data) ? `${data.name}: ${data.message}` : JSON.stringify(body.error)}`)
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
