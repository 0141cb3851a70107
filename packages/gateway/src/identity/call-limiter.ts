import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { Api } from '../policy/api.ts'
import type { CallLimit } from '../policy/call-limits.ts'
import type { WindowCounters } from '../store/window-counters.ts'
import { identityErrors } from './errors.ts'

/**
 * Counts a call against the limits of its API, and answers where it stands: in the limit of which the least is left.
 * Undefined for an API without limits. Nodes that share a store count together.
 *
 * @param grantId of the sign-in that the call belongs to; undefined for a call that begins one
 * @throws call.limited, store.unavailable
 */
export type CallLimiter = (api: Api, grantId: string | undefined) => Promise<RateLimitState | undefined>

const MINUTE_SECONDS = 60
const SECOND_SECONDS = 1

/** Keeps nothing but the counts, which go on when an API is set anew. */
export function createCallLimiter(counters: WindowCounters): CallLimiter {
  async function countIn(who: string, limit: number, windowSeconds: number): Promise<RateLimitState> {
    const { count, endsInMs } = await counters.add(`calls/${windowSeconds}/${who}`, 1, windowSeconds)
    const resetSeconds = Math.max(1, Math.ceil(endsInMs / 1000))
    const state = { limit, windowSeconds, remaining: Math.max(0, limit - count), resetSeconds }
    if (count <= limit) return state
    throw identityErrors['call.limited']({ data: { retryAfterSeconds: resetSeconds, rateLimit: state } })
  }

  return async (api, grantId) => {
    let tightest: RateLimitState | undefined
    for (const [who, { perMinute, burst }] of limitsOf(api, grantId)) {
      const counted = burst === undefined ? [] : [await countIn(who, burst, SECOND_SECONDS)]
      counted.push(await countIn(who, perMinute, MINUTE_SECONDS))
      for (const state of counted) if (tightest === undefined || state.remaining < tightest.remaining) tightest = state
    }
    return tightest
  }
}

/** The grant first: what one of them has too much of is not taken from the others. */
function limitsOf({ name, database, limits }: Api, grantId: string | undefined): readonly [string, CallLimit][] {
  const { perGrant, perApi } = limits
  const found: [string, CallLimit][] = []
  if (perGrant !== undefined && grantId !== undefined) found.push([`grant/${grantId}`, perGrant])
  if (perApi !== undefined) found.push([`api/${name}/${database}`, perApi])
  return found
}
