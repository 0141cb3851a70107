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
  /** The same, unless a peer that is no trusted proxy forwards for somebody. */
  readonly certainAddress: string | undefined
  /** The parts of the path that its declaration names (`/apis/:name`), decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /**
   * Refuses the call if a browser made it from a page that is neither ours nor on the API's list; every call that sets
   * or uses a cookie asks this first.
   *
   * @throws origin.refused, origin.cross_site
   */
  refuseForeignOrigin(api: Api): void
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
  /** No page of another origin reads what it answers, not even a refusal, whatever the APIs list. */
  readonly sameOrigin?: true
}

type RouteInput<Query, Body> = {
  /** The query's shape; a route without one ignores its query. */
  readonly query?: z.ZodType<Query>
  /** Reads the body out of the parsed JSON; a route without one takes no body. */
  readonly body?: (json: unknown) => Body
}

/** A route that anyone may call, and that belongs to no API: no page of another origin reads what it answers. */
export type OpenRoute<Query, Body> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'nothing'
    readonly handle: (call: Call<Query, Body>) => Promise<Answer> | Answer
  }

/** What leads a call without an access token to an API; a route adds what it had to find out on the way. */
export type CallDoor = {
  readonly api: Api
  readonly grantId?: string
  /** How errors are told from here on, where it is the door and not the route that decides. */
  readonly errors?: ErrorShape
}

/**
 * A route that needs no access token and belongs to an API: that of a sign-in, or of the grant behind a refresh token.
 * The door is found before the handler runs; from then on only the origins of its API may read the answer.
 */
export type DoorRoute<Query, Body, Door extends CallDoor> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'door'
    /** Finds the door, or refuses the call. Changes nothing. */
    readonly door: (call: Call<Query, Body>) => Promise<Door> | Door
    readonly handle: (call: Call<Query, Body>, door: Door) => Promise<Answer> | Answer
  }

/** A route that needs an access token. */
export type ProtectedRoute<Query, Body> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'access token'
    readonly handle: (call: Call<Query, Body>, caller: Caller) => Promise<Answer> | Answer
  }

/** A route that lets in whom it decides on by itself, before it looks at query and body. It belongs to no API. */
export type GuardedRoute<Query, Body, Guest> = RouteFacts &
  RouteInput<Query, Body> & {
    readonly needs: 'guard'
    /** Finds out who calls, or refuses. */
    readonly guard: (call: Call) => Promise<Guest> | Guest
    readonly handle: (call: Call<Query, Body>, guest: Guest) => Promise<Answer> | Answer
  }

/** A declared route, its types checked and put away. */
export type Route =
  | OpenRoute<unknown, unknown>
  | DoorRoute<unknown, unknown, CallDoor>
  | ProtectedRoute<unknown, unknown>
  | GuardedRoute<unknown, unknown, unknown>

/** Declares a route: one declaration parses, types and answers. */
export function route<Query, Body>(declared: OpenRoute<Query, Body>): Route
export function route<Query, Body, Door extends CallDoor>(declared: DoorRoute<Query, Body, Door>): Route
export function route<Query, Body>(declared: ProtectedRoute<Query, Body>): Route
export function route<Query, Body, Guest>(declared: GuardedRoute<Query, Body, Guest>): Route
export function route(declared: unknown): Route {
  // The handler is only ever given what `query`, `body` and `door` of the same declaration have made.
  return declared as Route
}
