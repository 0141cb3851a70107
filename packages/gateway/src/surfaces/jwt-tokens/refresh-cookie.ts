import type { CookieChange } from '../../http/cookie.ts'

/** The cookie that keeps a browser's refresh token. It goes to these surfaces only. */
export const REFRESH_COOKIE = 'refreshToken'

const PATH = '/api'

/** Sets the cookie for as long as the token lives. */
export function refreshCookie(value: string, maxAgeSeconds: number): CookieChange {
  return { name: REFRESH_COOKIE, value, path: PATH, maxAgeSeconds }
}

/** Takes the cookie back. */
export const clearRefreshCookie: CookieChange = { name: REFRESH_COOKIE, path: PATH }
