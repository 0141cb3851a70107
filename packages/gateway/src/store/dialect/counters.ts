import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible'
import { storeErrors } from '../errors.ts'
import type { WindowCount, WindowCounters } from '../window-counters.ts'
import { RETRY_AFTER_SECONDS } from './guarded.ts'
import { isStoreAway } from './store-away.ts'

/** Where a shared store counts; made by `prepareCounters`, with the columns that the library writes. */
export const COUNTER_TABLE = 'window_count'

/** The library's own limit and window; each count brings a window of its own, and the limit is the caller's. */
const UNUSED = { points: Number.MAX_SAFE_INTEGER, duration: 300 } as const

/** Counts in memory: an embedded store has one node. */
export function memoryCounters(): WindowCounters {
  return countersOver(new RateLimiterMemory({ ...UNUSED, keyPrefix: '' }))
}

/** Counts in a table that every node shares. What has run out is removed now and then. */
export function postgresCounters(pool: pg.Pool): WindowCounters {
  return countersOver(
    new RateLimiterPostgres({
      ...UNUSED,
      keyPrefix: '',
      storeClient: pool,
      storeType: 'pool',
      tableName: COUNTER_TABLE,
      tableCreated: true,
      clearExpiredByTimeout: true,
    }),
  )
}

function countersOver(limiter: RateLimiterMemory | RateLimiterPostgres): WindowCounters {
  return {
    add: async (key, points, windowSeconds) => {
      try {
        const options = { customDuration: windowSeconds }
        return countOf(await limiter.penalty(key, points, options))
      } catch (cause) {
        if (!isStoreAway(cause)) throw cause
        throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: RETRY_AFTER_SECONDS }, cause })
      }
    },
  }
}

function countOf({ consumedPoints, msBeforeNext }: RateLimiterRes): WindowCount {
  return { count: consumedPoints, endsInMs: Math.max(0, msBeforeNext) }
}
