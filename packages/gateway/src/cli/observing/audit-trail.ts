import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/id.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { Observation } from '../../kernel/observation.ts'
import type { Random } from '../../kernel/random.ts'
import { insertAuditEvent } from '../../store/audit-events.ts'
import type { Store } from '../../store/store.ts'
import type { Background } from '../background.ts'
import { OBSERVATION_KINDS } from './observation-kinds.ts'
import { membersOf } from './observation-members.ts'
import { sumRepeats } from './sum-repeats.ts'

/** Where observations are kept for whoever looks later. */
export type AuditTrail = {
  /** Keeps an observation in the background, or counts it. */
  keep(observation: Observation): void
  /** Writes what was counted; called now and then, and with `all` before the end. */
  writeCounted(all?: boolean): void
}

/** What the trail needs. */
export type AuditTrailDeps = {
  readonly store: Store
  readonly background: Background
  readonly clock: Clock
  readonly random: Random
}

/** The most events that wait to be written; while the store is away, what comes on top is in the log alone. */
const WAITING_MAX = 10_000

/** Makes the trail of this process. */
export function createAuditTrail({ store, background, clock, random }: AuditTrailDeps): AuditTrail {
  const repeats = sumRepeats()
  let waiting = 0

  function write(members: JsonObject, nowMs: number): void {
    if (waiting >= WAITING_MAX) return
    waiting += 1
    const event = { id: newId('ev', random), atMs: nowMs, ...columnsOf(members) }
    background.add(async () => {
      waiting -= 1
      await insertAuditEvent(store.db, event)
    })
  }
  return {
    keep: (observation) => {
      const { audit } = OBSERVATION_KINDS[observation.kind]
      if (audit === 'not') return
      const nowMs = clock.nowMs()
      const members = membersOf(observation)
      const keeps = audit === 'each' || repeats.isFirst(pick(members, audit.summedBy), nowMs)
      if (keeps) write(members, nowMs)
    },
    writeCounted: (all = false) => {
      const nowMs = clock.nowMs()
      for (const { members, times, firstAtMs, lastAtMs } of repeats.takeCounted(nowMs, all)) {
        write({ ...members, times, firstAtMs, lastAtMs }, nowMs)
      }
    },
  }
}

const COLUMNS: ReadonlySet<string> = new Set([
  'kind',
  'database',
  'uid',
  'login',
  'grantId',
  'clientId',
  'api',
  'address',
  'requestId',
])

/** What has a column of its own goes there, the rest into `detail`. */
function columnsOf(members: JsonObject): { kind: string; detail: JsonObject } {
  const entries = Object.entries(members)
  const columns = Object.fromEntries(entries.filter(([name]) => COLUMNS.has(name)))
  const detail = Object.fromEntries(entries.filter(([name]) => !COLUMNS.has(name)))
  return { ...columns, kind: String(members.kind), detail }
}

function pick(members: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)))
}
