import type { CookieChange } from '../../http/cookie.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'

/** The cookie that keeps a browser's refresh token. It goes to these surfaces only. */
export const REFRESH_COOKIE = 'refreshToken'

const PATH = '/api'

/**
 * Sets the cookie for what is left of the token's life, a second that has begun counting whole: near the end of a grant, and
 * where a rotation is repeated, that is less than the life of a new token.
 */
export function refreshCookie(
  { refreshToken, refreshExpiresAtMs }: Pick<IssuedTokens, 'refreshToken' | 'refreshExpiresAtMs'>,
  clock: Clock,
): CookieChange {
  const maxAgeSeconds = Math.max(0, Math.ceil((refreshExpiresAtMs - clock.nowMs()) / 1000))
  return { name: REFRESH_COOKIE, value: refreshToken, path: PATH, maxAgeSeconds }
}

/** Takes the cookie back. */
export const clearRefreshCookie: CookieChange = { name: REFRESH_COOKIE, path: PATH }
