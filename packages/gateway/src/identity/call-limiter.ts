import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { Api } from '../policy/api.ts'
import type { CallLimit } from '../policy/call-limits.ts'
import { identityErrors } from './errors.ts'

/**
 * Counts a call against the limits of its API, and answers where it stands: in the limit of which the least is left.
 * Undefined for an API without limits. Each node counts for itself.
 *
 * @param grantId of the sign-in that the call belongs to; undefined for a call that begins one
 * @throws call.limited
 */
export type CallLimiter = (api: Api, grantId: string | undefined) => Promise<RateLimitState | undefined>

/** Different limits that are counted at the same time; one that is forgotten begins anew. */
const WINDOWS_MAX = 1_000

const MINUTE_SECONDS = 60
const SECOND_SECONDS = 1

/** Makes a limiter that has counted nothing. What it counted for a limit goes on when the API is set anew. */
export function createCallLimiter(): CallLimiter {
  const windows = new LRUCache<string, RateLimiterMemory>({ max: WINDOWS_MAX })

  function windowOf(calls: number, seconds: number): RateLimiterMemory {
    const key = `${calls}/${seconds}`
    const known = windows.get(key) ?? new RateLimiterMemory({ points: calls, duration: seconds })
    windows.set(key, known)
    return known
  }

  async function countIn(who: string, calls: number, seconds: number): Promise<RateLimitState> {
    try {
      return stateOf(calls, seconds, await windowOf(calls, seconds).consume(who))
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const rateLimit = stateOf(calls, seconds, refused)
      throw identityErrors['call.limited']({ data: { retryAfterSeconds: rateLimit.resetSeconds, rateLimit } })
    }
  }

  return async (api, grantId) => {
    const { perGrant, perApi } = api.limits
    const limits: [string, CallLimit][] = []
    // The grant first: what one of them has too much of is not taken from the others.
    if (perGrant !== undefined && grantId !== undefined) limits.push([`grant/${grantId}`, perGrant])
    if (perApi !== undefined) limits.push([`api/${api.name}/${api.database}`, perApi])
    let tightest: RateLimitState | undefined
    for (const [who, { perMinute, burst }] of limits) {
      const counted = burst === undefined ? [] : [await countIn(who, burst, SECOND_SECONDS)]
      counted.push(await countIn(who, perMinute, MINUTE_SECONDS))
      for (const state of counted) if (tightest === undefined || state.remaining < tightest.remaining) tightest = state
    }
    return tightest
  }
}

function stateOf(limit: number, windowSeconds: number, counted: RateLimiterRes): RateLimitState {
  const resetSeconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000))
  return { limit, windowSeconds, remaining: counted.remainingPoints, resetSeconds }
}
