import { plainErrors } from '../../http/error-shape.ts'
import { type Route, route } from '../../http/route.ts'

/** What the gateway needs in order to serve; each check throws when it does not hold. */
export type ReadinessChecks = { readonly store: () => Promise<void>; readonly odoo: () => Promise<void> }

/** `GET /readyz`: store and Odoo answer (200), or which of them does not (503). No host names, no versions. */
export function readyz(checks: ReadinessChecks): Route {
  return route({
    method: 'GET',
    path: '/readyz',
    errors: plainErrors,
    needs: 'nothing',
    handle: async () => {
      const [store, odoo] = await Promise.all([holds(checks.store), holds(checks.odoo)])
      const ready = store && odoo
      return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not ready', store, odoo } }
    },
  })
}

async function holds(check: () => Promise<void>): Promise<boolean> {
  try {
    await check()
    return true
  } catch {
    return false
  }
}
