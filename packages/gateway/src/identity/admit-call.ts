import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { WindowCounters } from '../store/window-counters.ts'
import { type ArrivedCall, createCallLimiter } from './call-limiter.ts'
import { identityErrors } from './errors.ts'

/**
 * Lets a call in or refuses it, before anything is done for it: the API's address list and its limits.
 *
 * @returns where the call stands in its limit, if it has one
 * @throws address.refused, call.limited, store.unavailable
 */
export type AdmitCall = (call: ArrivedCall) => Promise<RateLimitState | undefined>

/** What every call through an API passes: a sign-in, the renewal of a token, and each call with one. */
export function createAdmission(counters: WindowCounters): AdmitCall {
  const count = createCallLimiter(counters)
  return async (call) => {
    const { api, address } = call
    const { addresses } = api
    if (addresses !== undefined && (address === undefined || !addresses.has(address))) {
      const internal = address === undefined ? 'a peer that is no trusted proxy sent a forwarded address' : undefined
      throw identityErrors['address.refused'](internal === undefined ? {} : { internal })
    }
    return count(call)
  }
}
