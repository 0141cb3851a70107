import type { Logger } from 'pino'
import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { JsonObject } from '../kernel/json.ts'
import type { Observation, Observe } from '../kernel/observation.ts'
import type { Random } from '../kernel/random.ts'
import { insertAuditEvent } from '../store/audit-events.ts'
import type { Store } from '../store/store.ts'
import type { Background } from './background.ts'

/** Hands every observation to the log, and in the background to the audit trail. */
export function observer(deps: {
  readonly store: Store
  readonly background: Background
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
}): Observe {
  const { store, background, log, clock, random } = deps
  return (observation) => {
    log.info(observation, observation.kind)
    const event = { id: newId('ev', random), atMs: clock.nowMs(), ...columnsOf(observation) }
    background.add(() => insertAuditEvent(store.db, event))
  }
}

const COLUMNS = new Set(['kind', 'database', 'uid', 'login', 'grantId', 'clientId', 'api', 'address', 'requestId'])

/** What has a column of its own goes there, the rest into `detail`. */
function columnsOf(observation: Observation): { kind: string; detail: JsonObject } {
  const detail: Record<string, JsonObject[string]> = {}
  for (const [name, value] of Object.entries(observation)) if (!COLUMNS.has(name)) detail[name] = value
  return { ...observation, detail }
}
