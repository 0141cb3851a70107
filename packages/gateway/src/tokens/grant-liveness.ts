import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'
import { findGrant, type Grant, isGrantLive } from '../store/grants.ts'
import type { Store } from '../store/store.ts'

/** Whether a grant still lives, asked at every call with a token, and so answered from memory most of the time. */
export type GrantLiveness = {
  /** The grant if it lives. What another node ended is noticed after `staleAfterMs` at the latest. */
  find(grantId: string): Promise<Grant | undefined>
  /** Says that this node has just ended the grant: felt by the very next `find`. */
  noteEnded(grantId: string): void
}

/** How liveness is asked and remembered. */
export type GrantLivenessOptions = {
  readonly store: Store
  readonly clock: Clock
  /** How long a row is believed without asking the store. Default 2 000; revocation must be felt within 5 000. */
  readonly staleAfterMs?: number
  /** Grants remembered at most. Default 10 000, some 5 MB. */
  readonly entriesMax?: number
}

type Entry = { readonly grant: Grant | undefined; readonly readAtMs: number }

/** Remembers grants for a short while. Asks the store once for any number of calls that wait for the same grant. */
export function createGrantLiveness(options: GrantLivenessOptions): GrantLiveness {
  const { store, clock, staleAfterMs = 2_000, entriesMax = 10_000 } = options
  const entries = new LRUCache<string, Entry>({ max: entriesMax })
  const ended = new LRUCache<string, true>({ max: entriesMax })
  const reading = new Map<string, Promise<Grant | undefined>>()

  async function read(grantId: string): Promise<Grant | undefined> {
    // The age counts from before the read: what another node writes meanwhile is noticed in time as well.
    const readAtMs = clock.nowMs()
    const grant = await findGrant(store.db, grantId)
    entries.set(grantId, { grant, readAtMs })
    return grant
  }

  function readOnce(grantId: string): Promise<Grant | undefined> {
    const running = reading.get(grantId)
    if (running !== undefined) return running
    const started = read(grantId).finally(() => reading.delete(grantId))
    reading.set(grantId, started)
    return started
  }

  return {
    async find(grantId) {
      const entry = entries.get(grantId)
      const ageMs = entry === undefined ? Number.POSITIVE_INFINITY : clock.nowMs() - entry.readAtMs
      const fresh = ageMs >= 0 && ageMs < staleAfterMs
      const grant = entry !== undefined && fresh ? entry.grant : await readOnce(grantId)
      // Asked last: a read that began before this node ended the grant must not bring it back.
      if (grant === undefined || ended.has(grantId)) return undefined
      return isGrantLive(grant, clock.nowMs()) ? grant : undefined
    },
    noteEnded(grantId) {
      ended.set(grantId, true)
      entries.delete(grantId)
    },
  }
}
