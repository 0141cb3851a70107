import type { OdooTransport, RequestHeaders } from '@odoo-gatehouse/odoo/client'
import { upstreamErrors } from './errors.ts'
import { Pace, type PaceDeps, type PaceLimits } from './pace.ts'

/**
 * The same way to Odoo, at a pace. Callers are told apart by session or key; sign-ins, which have none yet, wait in one
 * line.
 *
 * @returns a transport that throws `odoo.paced` where too many wait; nothing was sent then
 */
export function pacedTransport(
  transport: OdooTransport,
  limits: PaceLimits | undefined,
  deps: PaceDeps,
): OdooTransport {
  if (limits === undefined) return transport
  const pace = new Pace(limits, deps)
  const turn = (headers: RequestHeaders = {}) =>
    pace.turn(headers.cookie ?? headers.authorization ?? '', (retryAfterSeconds) =>
      upstreamErrors['odoo.paced']({ data: { retryAfterSeconds } }),
    )
  return {
    ...transport,
    post: async (path, request) => {
      await turn(request.headers)
      return transport.post(path, request)
    },
    get: async (path, request) => {
      await turn(request?.headers)
      return transport.get(path, request)
    },
  }
}
