import { plainErrors } from '../../http/error-shape.ts'
import { type Route, route } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'

/** What the gateway needs in order to serve; each check throws when it does not hold. */
export type ReadinessChecks = { readonly store: () => Promise<void>; readonly odoo: () => Promise<void> }

/** How long an answer of the checks is believed: whoever asks more often costs Odoo nothing. Milliseconds. */
const BELIEVED_MS = 1_000

/** `GET /readyz`: store and Odoo answer (200), or which of them does not (503). No host names, no versions. */
export function readyz(checks: ReadinessChecks, clock: Clock): Route {
  const store = remembered(checks.store, clock)
  const odoo = remembered(checks.odoo, clock)
  return route({
    method: 'GET',
    path: '/readyz',
    errors: plainErrors,
    needs: 'nothing',
    handle: async () => {
      const [storeReady, odooReady] = await Promise.all([store(), odoo()])
      const ready = storeReady && odooReady
      return {
        status: ready ? 200 : 503,
        body: { status: ready ? 'ready' : 'not ready', store: storeReady, odoo: odooReady },
      }
    },
  })
}

/** Whether a check holds, asked at most once a second however many ask. */
function remembered(check: () => Promise<void>, clock: Clock): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined
  let untilMs = 0
  return () => {
    const nowMs = clock.nowMs()
    if (answer === undefined || nowMs >= untilMs) {
      untilMs = nowMs + BELIEVED_MS
      answer = check().then(
        () => true,
        () => false,
      )
    }
    return answer
  }
}
