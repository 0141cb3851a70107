import { type Route, route } from '../../http/route.ts'
import { signOut } from '../../identity/refresh.ts'
import type { JwtTokensDeps } from './deps.ts'
import { unwrap, wrap } from './envelope.ts'
import { jwtErrors } from './error-shape.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'
import { clearRefreshCookie } from './refresh-cookie.ts'
import { refreshRequest } from './refresh-request.ts'

/**
 * `POST /api/revoke/token`: ends the grant, and with it every token of this sign-in.
 *
 * @param words the word of success by client: each hears that of the surface which signed it in
 */
export function revokeToken(deps: JwtTokensDeps, words: ReadonlyMap<string, string>): Route {
  return route({
    method: 'POST',
    path: '/api/revoke/token',
    errors: jwtErrors,
    needs: 'access token',
    body: unwrap,
    handle: async (call, { api, principal }) => {
      const { envelope, params } = call.body
      const { token, byCookie } = presentedRefreshToken(call, params)
      if (byCookie) call.refuseForeignOrigin(api)
      const { clientId } = await signOut(refreshRequest(call, params, token), principal, deps)
      return {
        body: wrap(envelope, { status: words.get(clientId), logged_out: 1 }),
        cookies: [clearRefreshCookie],
      }
    },
  })
}
