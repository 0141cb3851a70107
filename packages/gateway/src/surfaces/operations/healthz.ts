import { plainErrors } from '../../http/error-shape.ts'
import { type Route, route } from '../../http/route.ts'

/** `GET /healthz`: the process answers. Looks at nothing else, so that a restart is never asked for Odoo's sake. */
export function healthz(): Route {
  return route({
    method: 'GET',
    path: '/healthz',
    errors: plainErrors,
    needs: 'nothing',
    handle: () => ({ body: { status: 'ok' } }),
  })
}
