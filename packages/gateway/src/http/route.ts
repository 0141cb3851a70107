import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Api } from '../policy/api.ts'
import type { Caller } from '../policy/caller.ts'
import type { CookieChange } from './cookie.ts'
import type { ErrorShape } from './error-shape.ts'

/** A request as a surface sees it: parsed, and within its limits. */
export type Call<Query = unknown, Body = unknown> = {
  readonly requestId: string
  /** Path and query as they were sent. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Every value of a header as it was sent; `headers` keeps only one of some. `name` in lower case. */
  headerValues(name: string): readonly string[]
  /** The cookies of the request, by name. */
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** The address of the client. */
  readonly address: string
  readonly query: Query
  readonly body: Body
  /**
   * Names the API as soon as it is known: from then on only its origins may read the answer. A protected route has
   * done so before its handler runs.
   */
  useApi(api: Api): void
  /**
   * Refuses the call if a browser made it from a foreign page; every call that sets or uses a cookie asks this first.
   *
   * @throws origin.refused
   */
  refuseForeignOrigin(): void
}

/** What a surface answers. */
export type Answer = {
  /** 200 unless set. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly CookieChange[]
  /** An object becomes JSON; a text is sent as it is, with the `content-type` that the headers name. */
  readonly body: unknown
}

type RouteFacts = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** How this route tells errors. The path does not decide it: two shapes may live below one prefix. */
  readonly errors: ErrorShape
}

type RouteInput<Query, Body> = {
  /** The query's shape; a route without one ignores its query. */
  readonly query?: z.ZodType<Query>
  /** Reads the body out of the parsed JSON; a route without one takes no body. */
  readonly body?: (json: unknown) => Body
}

/** A route that anyone may call. */
export type OpenRoute<Query, Body> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'nothing'
    readonly handle: (call: Call<Query, Body>) => Promise<Answer> | Answer
  }

/** A route that needs an access token. */
export type ProtectedRoute<Query, Body> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'access token'
    readonly handle: (call: Call<Query, Body>, caller: Caller) => Promise<Answer> | Answer
  }

/** A declared route, its types checked and put away. */
export type Route = OpenRoute<unknown, unknown> | ProtectedRoute<unknown, unknown>

/** Declares a route: one declaration parses, types and answers. */
export function route<Query, Body>(declared: OpenRoute<Query, Body>): Route
export function route<Query, Body>(declared: ProtectedRoute<Query, Body>): Route
export function route(declared: unknown): Route {
  // The handler is only ever given what `query` and `body` of the same declaration have made.
  return declared as Route
}
