import type { Logger } from 'pino'
import type { RequestFinished } from '../../http/request-finished.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Observe } from '../../kernel/observation.ts'
import type { Random } from '../../kernel/random.ts'
import { createMetrics, type Metrics } from '../../metrics/metrics.ts'
import type { Denial } from '../../records/observed-records.ts'
import { countLiveGrants } from '../../store/grants.ts'
import { countOpenOdooSessions } from '../../store/odoo-sessions.ts'
import type { Store } from '../../store/store.ts'
import type { OnOdooCall } from '../../upstream/observed-transport.ts'
import { createBackground } from '../background.ts'
import { createAuditTrail } from './audit-trail.ts'
import { observer } from './observe.ts'

/** Log, audit trail and metrics of this process, and who is told of what. */
export type Observing = {
  readonly metrics: Metrics
  readonly observe: Observe
  readonly onOdooCall: OnOdooCall
  readonly onDenied: (denial: Denial) => void
  readonly onFinished: (finished: RequestFinished) => void
  readonly onUnexpected: (error: unknown, requestId: string) => void
  /** Writes what the audit trail has counted; with `all`, also what goes on. */
  writeCounted(all?: boolean): void
  /** Waits for events that are being written, `deadlineMs` at the longest. */
  settle(deadlineMs: number): Promise<void>
}

/** What observing takes. */
export type ObservingDeps = {
  readonly store: Store
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
}

/** From when on a call to Odoo is told as slow. Milliseconds. */
const SLOW_MS = 5_000

/** Audit events at once; the store writes one after the other. */
const AUDIT_WRITES = 1

/** The longest name of a model that is kept; what a client names need not be one. */
const MODEL_LENGTH_MAX = 64

/** Begins with nothing counted. */
export function openObserving({ store, log, clock, random }: ObservingDeps): Observing {
  const metrics = createMetrics(async () => ({
    odooSessions: await countOpenOdooSessions(store.db),
    grants: await countLiveGrants(store.db, clock.nowMs()),
  }))
  const background = createBackground(AUDIT_WRITES, (error) => {
    metrics.auditWriteFailed()
    log.error({ err: error }, 'an audit event could not be kept')
  })
  const trail = createAuditTrail({ store, background, clock, random })
  const observe = observer({ log, audit: trail, metrics })
  return {
    metrics,
    observe,
    onOdooCall: (call) => {
      metrics.odooCallFinished(call)
      if (call.durationMs < SLOW_MS) return
      observe({ ...call, kind: 'upstream_slow', durationMs: Math.round(call.durationMs) })
    },
    onDenied: ({ principal: { database, uid, login, grantId }, api, model, verb, code }) => {
      const whose = { database, uid, login, grantId, api }
      observe({ kind: 'denied', ...whose, model: model.slice(0, MODEL_LENGTH_MAX), verb, code })
    },
    onFinished: (finished) => {
      log[finished.status >= 500 ? 'warn' : 'info'](finished, 'request_finished')
      metrics.requestFinished(finished)
    },
    onUnexpected: (error, requestId) => {
      log.error({ err: error, requestId }, 'unexpected')
      metrics.unexpected()
    },
    writeCounted: (all) => trail.writeCounted(all),
    settle: (deadlineMs) => background.settle(deadlineMs),
  }
}
