import type { z } from 'zod'
import { type Administrator, requireOwner } from '../../administration/administrator.ts'
import { bearerOf } from '../../administration/admit-administrator.ts'
import { type Call, type Route, route } from '../../http/route.ts'
import type { GatehouseError } from '../../kernel/error.ts'
import type { AdminDeps } from './deps.ts'
import { problemErrors } from './problem.ts'

/** Where the admin API is. */
export const ADMIN_PATH = '/admin/api'

/** One operation of the admin API: from it come its route, and its part of `openapi.json`. */
export type AdminOperation<Query, Body, Shown> = {
  readonly method: Route['method']
  /** Below `ADMIN_PATH`; `:name` is a part that differs. */
  readonly path: string
  /** A sentence without its full stop. */
  readonly summary: string
  readonly ownersOnly?: true
  readonly query?: z.ZodType<Query>
  readonly body?: BodyShape<Body>
  /** What is answered: what is not in it is left out. Without one the answer is 204. */
  readonly answer?: z.ZodType<Shown>
  /** Statuses of success, the usual one first. Default: 200, or 204 without an answer. */
  readonly statuses?: readonly (200 | 201)[]
  /** Makers of the errors that it may meet beside those of every operation. */
  readonly errors?: readonly (() => GatehouseError)[]
  readonly handle: (
    call: Call<Query, Body>,
    administrator: Administrator,
  ) => Promise<AdminAnswer<Shown>> | AdminAnswer<Shown>
}

/** How a body is read, and what it looks like for whoever writes one. */
export type BodyShape<Body> = {
  readonly schema: z.ZodType
  readonly read: (json: unknown) => Body
  /** May be left out as a whole. */
  readonly optional?: true
}

/** What an operation answers. */
export type AdminAnswer<Shown> = {
  readonly body?: Shown
  readonly status?: 200 | 201
  readonly headers?: Readonly<Record<string, string>>
}

/** What is told of an operation, its types put away. */
export type DescribedOperation = Omit<AdminOperation<unknown, unknown, unknown>, 'handle'> & {
  /** Needs no token. */
  readonly open?: true
}

/** A route, and what is told of it. */
export type AdminRoute = { readonly route: Route; readonly operation: DescribedOperation }

/**
 * Declares an operation for administrators. Who calls is settled before query and body are looked at; no page of another
 * origin reads the answer.
 */
export function adminRoute<Query, Body, Shown>(
  { admit }: Pick<AdminDeps, 'admit'>,
  operation: AdminOperation<Query, Body, Shown>,
): AdminRoute {
  const { method, path, query, body, answer, ownersOnly, handle } = operation
  const declared = route<Query, Body, Administrator>({
    method,
    path: `${ADMIN_PATH}${path}`,
    errors: problemErrors,
    sameOrigin: true,
    needs: 'guard',
    guard: async (call) => {
      const administrator = await admit(bearerOf(call.headerValues('authorization')))
      if (ownersOnly) requireOwner(administrator)
      return administrator
    },
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body: body.read }),
    handle: async (call, administrator) => {
      const { body: shown, status, headers = {} } = await handle(call, administrator)
      if (answer === undefined) return { status: 204, headers, body: undefined }
      return { status: status ?? operation.statuses?.[0] ?? 200, headers, body: answer.parse(shown) }
    },
  })
  // Only `handle` depends on the types, and it is not told.
  return { route: declared, operation: operation as unknown as DescribedOperation }
}

/** The part of the path of that name. */
export function paramOf(call: Pick<Call, 'params'>, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new TypeError(`The path has no part "${name}".`)
  return value
}
