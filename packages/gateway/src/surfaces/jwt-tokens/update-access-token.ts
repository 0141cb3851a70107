import { type Route, route } from '../../http/route.ts'
import { requireApi } from '../../identity/identify-caller.ts'
import { renewAccess } from '../../identity/refresh.ts'
import { refreshTokenOwner } from '../../identity/refresh-token-owner.ts'
import type { JwtTokensDeps } from './deps.ts'
import { unwrap, wrap } from './envelope.ts'
import { jwtErrors } from './error-shape.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'
import { refreshRequest } from './refresh-request.ts'

/** `POST /api/update/access-token`: a new access token for a refresh token, which stays as it is. */
export function updateAccessToken(deps: JwtTokensDeps): Route {
  return route({
    method: 'POST',
    path: '/api/update/access-token',
    errors: jwtErrors,
    needs: 'door',
    body: unwrap,
    door: async (call) => {
      const presented = presentedRefreshToken(call, call.body.params)
      const owner = await refreshTokenOwner(presented.token, deps)
      return { api: requireApi(deps.apis, owner), grantId: owner.grantId, owner, ...presented }
    },
    handle: async (call, { api, owner, token, byCookie }) => {
      const { envelope, params } = call.body
      if (byCookie) call.refuseForeignOrigin(api)
      const { accessToken } = await renewAccess(refreshRequest(call, params, token), owner, deps)
      return { body: wrap(envelope, { access_token: accessToken }) }
    },
  })
}
