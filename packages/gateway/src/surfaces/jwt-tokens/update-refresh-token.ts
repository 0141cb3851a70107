import { type Route, route } from '../../http/route.ts'
import { rotateRefresh } from '../../identity/refresh.ts'
import type { JwtTokensDeps } from './deps.ts'
import { unwrap, wrap } from './envelope.ts'
import { jwtErrors } from './error-shape.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'
import { refreshCookie } from './refresh-cookie.ts'
import { refreshRequest } from './refresh-request.ts'

/** What a browser reads in place of a refresh token: the token itself went into the cookie. */
const KEPT_IN_COOKIE = 1

/** `POST /api/update/refresh-token`: rotates the refresh token of the grant that the access token belongs to. */
export function updateRefreshToken(deps: JwtTokensDeps): Route {
  return route({
    method: 'POST',
    path: '/api/update/refresh-token',
    errors: jwtErrors,
    needs: 'access token',
    body: unwrap,
    handle: async (call, { api, principal }) => {
      const { envelope, params } = call.body
      const { token, byCookie } = presentedRefreshToken(call, params)
      if (byCookie) call.refuseForeignOrigin(api)
      const issued = await rotateRefresh(refreshRequest(call, params, token), principal, deps)
      return {
        body: wrap(envelope, { status: 'done', refreshToken: byCookie ? KEPT_IN_COOKIE : issued.refreshToken }),
        cookies: byCookie ? [refreshCookie(issued, deps.clock)] : [],
      }
    },
  })
}
