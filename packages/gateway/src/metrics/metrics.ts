import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { RequestFinished } from '../http/request-finished.ts'
import type { Observation } from '../kernel/observation.ts'
import type { OdooCallFinished } from '../upstream/observed-transport.ts'

/**
 * What the gateway counts, as Prometheus reads it (text format 0.0.4). Every label is of a closed set: routes, kinds,
 * codes, configured databases. No login, no path, no model and no address is one.
 */
export type Metrics = {
  observe(observation: Observation): void
  requestFinished(finished: RequestFinished): void
  odooCallFinished(call: OdooCallFinished): void
  /** An event could not be written to the audit trail. */
  auditWriteFailed(): void
  /** Something was thrown that is no refusal: a mistake of ours. */
  unexpected(): void
  /** Everything as text. */
  text(): Promise<string>
  readonly contentType: string
}

/** What is read from the store when the metrics are asked for, by database. */
export type StoreGauges = () => Promise<{
  readonly odooSessions: ReadonlyMap<string, number>
  readonly grants: ReadonlyMap<string, number>
}>

/** Upper bounds of the durations. Seconds: most calls take a trip to Odoo, whose own limit is two minutes. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])

/** Makes a registry of its own; metrics of the process and of Node.js are part of it. */
export function createMetrics(gauges: StoreGauges): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'gatehouse_http_request_duration_seconds',
    help: 'Requests by route pattern, method and class of the status, from their head to their answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers })
  const refusals = counter('gatehouse_refusals_total', 'Requests that were refused or failed, by the code.', ['code'])
  const signIns = counter('gatehouse_sign_ins_total', 'Sign-ins by how they ended.', ['result'])
  const tokens = counter('gatehouse_tokens_total', 'Tokens by why they were given out.', ['for'])
  const ended = counter('gatehouse_grants_ended_total', 'Grants that ended, by the reason.', ['reason'])
  const suspicions = counter('gatehouse_suspicions_total', 'Signs that somebody has what is not theirs.', ['kind'])
  const denials = counter('gatehouse_denied_total', 'Calls on records that were forbidden, by verb and code.', [
    'verb',
    'code',
  ])
  const throttled = counter('gatehouse_throttled_total', 'Requests refused as too many, by the limit.', ['limit'])
  const odooCalls = new Histogram({
    name: 'gatehouse_odoo_call_duration_seconds',
    help: 'Calls to Odoo by database, kind of call and outcome.',
    labelNames: ['database', 'call', 'outcome'],
    buckets: BUCKETS,
    registers,
  })
  const storeErrors = counter('gatehouse_store_errors_total', 'Times that the store could not be reached.', ['during'])
  const mistakes = counter('gatehouse_unexpected_errors_total', 'Errors that are mistakes of the gateway itself.', [])
  const sessions = new Gauge({
    name: 'gatehouse_odoo_sessions',
    help: 'Odoo sessions that are open, by database; of all nodes.',
    labelNames: ['database'],
    registers,
  })
  const grants = new Gauge({
    name: 'gatehouse_grants',
    help: 'Grants that live, by database; of all nodes.',
    labelNames: ['database'],
    registers,
  })

  async function readGauges(): Promise<void> {
    try {
      const found = await gauges()
      for (const [gauge, counts] of [[sessions, found.odooSessions] as const, [grants, found.grants] as const]) {
        gauge.reset()
        for (const [database, count] of counts) gauge.set({ database }, count)
      }
    } catch {
      // The rest is worth the most when the store is away.
      storeErrors.inc({ during: 'metrics' })
      sessions.reset()
      grants.reset()
    }
  }
  return {
    contentType: registry.contentType,
    text: async () => {
      await readGauges()
      return registry.metrics()
    },
    requestFinished: ({ route, method, status, durationMs, code }) => {
      const labels = { route, method: METHODS.has(method) ? method : 'other', status: `${Math.floor(status / 100)}xx` }
      requests.observe(labels, durationMs / 1000)
      if (code === undefined) return
      refusals.inc({ code })
      if (code === 'store.unavailable') storeErrors.inc({ during: 'request' })
    },
    odooCallFinished: ({ database, call, outcome, durationMs }) =>
      odooCalls.observe({ database, call, outcome }, durationMs / 1000),
    auditWriteFailed: () => storeErrors.inc({ during: 'audit' }),
    unexpected: () => mistakes.inc(),
    observe: (observation) => {
      switch (observation.kind) {
        case 'signed_in':
          return signIns.inc({ result: 'signed_in' })
        case 'sign_in_refused':
          return signIns.inc({ result: observation.reason })
        case 'sign_in_misdirected':
          return signIns.inc({ result: 'misdirected' })
        case 'token_issued':
          return tokens.inc({ for: 'sign_in' })
        case 'refreshed':
          return tokens.inc({ for: observation.by })
        case 'grant_ended':
          return ended.inc({ reason: observation.reason })
        case 'reuse_detected':
        case 'token_contradiction':
          return suspicions.inc({ kind: observation.kind })
        case 'denied':
          return denials.inc({ verb: observation.verb, code: observation.code })
        case 'throttled':
          return throttled.inc({ limit: observation.limit })
        case 'upstream_slow':
          // Counted by the durations of calls.
          return
        case 'credential_refused':
          // Once for each credential: an event for people, in the log and the audit trail.
          return
        default:
          // A new kind does not compile until it is decided what is counted of it.
          observation satisfies never
      }
    },
  }
}
