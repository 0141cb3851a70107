import type { Call } from '../../http/route.ts'
import { jwtSurfaceErrors } from './errors.ts'

/** A browser keeps the refresh token in a cookie that no script can read; an app is given it to keep. */
export type ClientKind = 'browser' | 'app'

/** Headers that only a browser sends, and that no script can forge (Fetch standard, "forbidden request-header"). */
const BROWSER_HEADERS = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user'] as const

/**
 * Tells a browser from an app at sign-in: a `User-Agent` that begins with `Mozilla/` is a browser, unless
 * `X-Client-Type: app` says otherwise.
 *
 * @throws client_type.impossible when a script in a browser asks to be taken for an app
 */
export function clientKindOf(call: Pick<Call, 'headers'>): ClientKind {
  const { headers } = call
  const claim = String(headers['x-client-type'] ?? '').toLowerCase()
  if (claim === 'app') {
    if (BROWSER_HEADERS.some((name) => headers[name] !== undefined)) throw jwtSurfaceErrors['client_type.impossible']()
    return 'app'
  }
  return headers['user-agent']?.startsWith('Mozilla/') ? 'browser' : 'app'
}
