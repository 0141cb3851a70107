import { plainErrors } from '../../http/error-shape.ts'
import { type Call, type Route, route } from '../../http/route.ts'
import { defineErrors } from '../../kernel/error.ts'
import { isSameSecret } from '../../kernel/same-secret.ts'
import { isLocalCall } from './local-call.ts'

/** The metrics as text, and who may ask for them from elsewhere. */
export type MetricsAccess = {
  readonly metrics: { text(): Promise<string>; readonly contentType: string }
  /** `METRICS_TOKEN`; undefined: nobody but this machine. */
  readonly token: string | undefined
}

const metricsErrors = defineErrors({
  'metrics.token': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message:
      'The metrics are for this machine itself, and for who sends METRICS_TOKEN as "Authorization: Bearer <token>".',
  },
})

/** `GET /metrics`: what the gateway counts, for Prometheus. For this machine, or with `METRICS_TOKEN` (CONTRACT §8). */
export function metricsRoute(access: MetricsAccess): Route {
  return route({
    method: 'GET',
    path: '/metrics',
    errors: plainErrors,
    needs: 'nothing',
    handle: async (call) => {
      if (!isLocalCall(call) && !bearsToken(call, access.token)) throw metricsErrors['metrics.token']()
      return { headers: { 'content-type': access.metrics.contentType }, body: await access.metrics.text() }
    },
  })
}

function bearsToken(call: Call, token: string | undefined): boolean {
  const [sent, ...others] = call.headerValues('authorization')
  const [, presented] = /^Bearer +(\S+)$/i.exec(sent ?? '') ?? []
  return token !== undefined && presented !== undefined && others.length === 0 && isSameSecret(presented, token)
}
