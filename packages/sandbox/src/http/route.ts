import type { Engine } from '../engine/contract.ts'
import type { Session } from '../session/session-store.ts'
import type { Answer } from './answer.ts'
import type { JsonCall } from './call-body.ts'
import type { UploadedFile } from './form.ts'
import type { Request } from './request.ts'

/**
 * A route as Odoo declares one (odoo 18.0 http.py, route). What goes before `run`, in this order: the method (405), the
 * content type, who may call (`auth`), the body, the CSRF token.
 *
 * `json` answers in an envelope and takes `application/json` only; `http` takes everything; `json2` is Odoo 19's own kind
 * for `/json/2`, which reads its body itself.
 */
export type Route = HttpRoute | JsonRoute | Json2Route

type RouteFacts = {
  /**
   * Patterns: `<name>` is one segment or a part of one, `<int:name>` digits, `<path:name>` the rest with its slashes. The
   * first one is named where a content type is refused.
   */
  readonly paths: readonly string[]
  /** Default: all. GET brings HEAD along, and OPTIONS is always allowed. */
  readonly methods?: readonly string[]
  /** `user`: without a signed-in session it is expired; a page sends to the login form. */
  readonly auth: 'user' | 'public' | 'none'
  /** First and last version that have it. */
  readonly since?: number
  readonly until?: number
  /** The origin that browsers are told may read it; preflights are answered for the route then. */
  readonly cors?: '*'
  /** Does a caller without a session get one? Default true. */
  readonly savesSession?: false
}

export type HttpRoute = RouteFacts & {
  readonly kind: 'http'
  /** Must a POST bring the session's CSRF token? Default true. */
  readonly csrf?: false
  /** Does it belong to the portal? Then it tells its language in a cookie, and its failures are pages of the portal. */
  readonly portal?: true
  run(exchange: HttpExchange): Answer | Promise<Answer>
}

export type JsonRoute = RouteFacts & {
  readonly kind: 'json'
  /** From 18 on, is the body looked at before it is asked who calls? `call_kw` needs the model for that. */
  readonly readsModel?: true
  run(exchange: JsonExchange): Answer | Promise<Answer>
}

export type Json2Route = RouteFacts & {
  readonly kind: 'json2'
  run(exchange: Exchange): Answer | Promise<Answer>
}

/** A request on its way through a route. */
export type Exchange = {
  readonly engine: Engine
  readonly request: Request
  /** What the pattern caught in the path, by name; of an `http` route also what query and form say, which count less. */
  readonly params: Readonly<Record<string, string>>
  /** The live session that the client named: signed in, half open or nobody's, which is a new one where need be. */
  readonly session: Session
}

/** What a page gets: the files of its form, too. */
export type HttpExchange = Exchange & { readonly files: Readonly<Record<string, readonly UploadedFile[]>> }

/** What a JSON route gets: its call, too. */
export type JsonExchange = Exchange & { readonly call: JsonCall }
