/**
 * Where a call stands in a limit: told in the headers of its answer, whether it was let in or not
 * (draft-ietf-httpapi-ratelimit-headers-07 §3).
 */
export type RateLimitState = {
  /** The most calls of a window. */
  readonly limit: number
  /** The length of a window. Seconds. */
  readonly windowSeconds: number
  /** Calls that are left in this window. */
  readonly remaining: number
  /** When the next window begins. Seconds from now, at least 1. */
  readonly resetSeconds: number
}
