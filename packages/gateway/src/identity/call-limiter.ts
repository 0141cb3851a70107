import { isIP } from 'node:net'
import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { Api } from '../policy/api.ts'
import type { CallLimit } from '../policy/call-limits.ts'
import type { WindowCounters } from '../store/window-counters.ts'
import { identityErrors } from './errors.ts'
import { clientNetwork } from './throttle/client-network.ts'

/** A call of which it is known through which API it comes. */
export type ArrivedCall = {
  readonly api: Api
  /** The sign-in that it belongs to; undefined for a call that begins one. */
  readonly grantId: string | undefined
  /** The address of the client; undefined where nobody trustworthy tells it. */
  readonly address: string | undefined
}

/**
 * Counts a call against the limits of its API, and answers where it stands: in the limit of which the least is left.
 * Undefined for an API without limits. Nodes that share a store count together. A call that begins a sign-in is counted
 * for its address alone: whoever knows no password must not use up what belongs to those who are signed in.
 *
 * @throws call.limited, store.unavailable
 */
export type CallLimiter = (call: ArrivedCall) => Promise<RateLimitState | undefined>

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

  return async (call) => {
    let tightest: RateLimitState | undefined
    for (const [who, { perMinute, burst }] of limitsOf(call)) {
      const counted = burst === undefined ? [] : [await countIn(who, burst, SECOND_SECONDS)]
      counted.push(await countIn(who, perMinute, MINUTE_SECONDS))
      for (const state of counted) if (tightest === undefined || state.remaining < tightest.remaining) tightest = state
    }
    return tightest
  }
}

/** The grant first: what one of them has too much of is not taken from the others. */
function limitsOf({ api, grantId, address }: ArrivedCall): readonly [string, CallLimit][] {
  const { name, database, limits } = api
  const { perGrant, perApi } = limits
  const found: [string, CallLimit][] = []
  if (perGrant !== undefined && grantId !== undefined) found.push([`grant/${grantId}`, perGrant])
  if (perApi !== undefined) {
    const whole = `api/${name}/${database}`
    found.push([grantId === undefined ? `${whole}/${placeOf(address)}` : whole, perApi])
  }
  return found
}

/** A proxy may pass on what is no address, of any length; those share one count. */
function placeOf(address: string | undefined): string {
  return address === undefined || isIP(address) === 0 ? 'unknown' : clientNetwork(address)
}
