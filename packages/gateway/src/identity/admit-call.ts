import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { Api } from '../policy/api.ts'
import type { WindowCounters } from '../store/window-counters.ts'
import { createCallLimiter } from './call-limiter.ts'
import { identityErrors } from './errors.ts'

/** A call of which it is known through which API it comes. */
export type ArrivedCall = {
  readonly api: Api
  /** The sign-in that it belongs to; undefined for a call that begins one. */
  readonly grantId: string | undefined
  /** The address of the client; undefined where nobody trustworthy tells it. */
  readonly address: string | undefined
}

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
  return async ({ api, grantId, address }) => {
    const { addresses } = api
    if (addresses !== undefined && (address === undefined || !addresses.has(address))) {
      const internal = address === undefined ? 'a peer that is no trusted proxy sent a forwarded address' : undefined
      throw identityErrors['address.refused'](internal === undefined ? {} : { internal })
    }
    return count(api, grantId)
  }
}
