import type { Route } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { healthz } from './healthz.ts'
import { type MetricsAccess, metricsRoute } from './metrics.ts'
import { type ReadinessChecks, readyz } from './readyz.ts'

/** The addresses for those who run the gateway. */
export function operationsRoutes(checks: ReadinessChecks, clock: Clock, metrics: MetricsAccess): readonly Route[] {
  return [healthz(), readyz(checks, clock), metricsRoute(metrics)]
}
