import type { Logger } from 'pino'
import type { Observe } from '../../kernel/observation.ts'
import type { AuditTrail } from './audit-trail.ts'
import { OBSERVATION_KINDS } from './observation-kinds.ts'
import { membersOf } from './observation-members.ts'

/** Hands every observation to the log, to the audit trail and to the metrics. */
export function observer(sinks: {
  readonly log: Logger
  readonly audit: AuditTrail
  readonly metrics: { observe: Observe }
}): Observe {
  const { log, audit, metrics } = sinks
  return (observation) => {
    log[OBSERVATION_KINDS[observation.kind].level](membersOf(observation), observation.kind)
    metrics.observe(observation)
    audit.keep(observation)
  }
}
