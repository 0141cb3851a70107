import type { RateLimitState } from '../kernel/rate-limit.ts'

/** How a limit is told (draft-ietf-httpapi-ratelimit-headers-07 §3): the window, what is left of it, and until when. */
export function rateLimitHeaders({ limit, windowSeconds, remaining, resetSeconds }: RateLimitState) {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `${limit};w=${windowSeconds}`,
  }
}
