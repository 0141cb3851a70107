import type { AdmitCall } from '../identity/admit-call.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Api } from '../policy/api.ts'
import type { Caller } from '../policy/caller.ts'
import type { RequestFinished } from './request-finished.ts'
import type { RequestIds } from './request-id.ts'
import type { Call, Route } from './route.ts'

/** What the server needs from outside. */
export type ServerOptions = {
  /** The public origin: decides same-origin checks and the cookies' `Secure`. Never a request header. */
  readonly publicUrl: string
  readonly routes: readonly Route[]
  /** Addresses and networks (CIDR) of proxies whose `X-Forwarded-For` is believed; of any other it is not. */
  readonly trustedProxies: readonly string[]
  /** Every API there is; a preflight is answered before the API of the call is known. */
  readonly apis: () => readonly Api[]
  /** Lets a call in whose API is known, or refuses it. */
  readonly admit: AdmitCall
  /** Finds out who calls a protected route. */
  readonly identify: (call: Call) => Promise<Caller>
  readonly clock: Clock
  readonly requestIds: RequestIds
  readonly limits: ServerLimits
  /** Told of every answered request, and of every answer to what was no request. */
  readonly onFinished?: (finished: RequestFinished) => void
  /** Told of everything that was thrown and is no `GatehouseError`: a mistake of ours. */
  readonly onUnexpected?: (error: unknown, requestId: string) => void
}

export type ServerLimits = {
  /** Bytes of a request body; 413 above. */
  readonly bodyBytesMax: number
  /** Bytes of address and headers together; 431 above. */
  readonly headerBytesMax: number
  /** Milliseconds in which a whole request must arrive; noticed up to `requestCheckEveryMs` later. */
  readonly requestTimeoutMs: number
  /** Milliseconds between two looks at requests that do not arrive. */
  readonly requestCheckEveryMs: number
  /** Milliseconds in which nothing moves on a connection before it is closed. Longer than any call to Odoo. */
  readonly idleSocketMs: number
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytesMax: 1_048_576,
  headerBytesMax: 16_384,
  requestTimeoutMs: 30_000,
  requestCheckEveryMs: 5_000,
  idleSocketMs: 150_000,
}
