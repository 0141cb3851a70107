import { type Route, route } from '../../http/route.ts'
import { refuseContradiction } from '../../identity/contradiction.ts'
import { requireApi } from '../../identity/identify-caller.ts'
import { refreshTokenOwner } from '../../identity/refresh-token-owner.ts'
import { refuseOtherUser } from './claimed-user.ts'
import type { JwtTokensDeps } from './deps.ts'
import { unwrap, wrap } from './envelope.ts'
import { jwtErrors } from './error-shape.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'

/** `POST /api/update/access-token`: a new access token for a refresh token, which stays as it is. */
export function updateAccessToken({ tokens, apis, observe }: JwtTokensDeps): Route {
  return route({
    method: 'POST',
    path: '/api/update/access-token',
    errors: jwtErrors,
    needs: 'door',
    body: unwrap,
    door: async (call) => {
      const presented = presentedRefreshToken(call, call.body.params)
      const owner = await refreshTokenOwner(presented.token, { tokens })
      return { api: requireApi(apis, owner), owner, ...presented }
    },
    handle: async (call, { api, owner, token, byCookie }) => {
      const { envelope, params } = call.body
      if (byCookie) call.refuseForeignOrigin(api)
      refuseContradiction({ ...call, body: params }, owner)
      refuseOtherUser(call, params, owner, observe)
      const { accessToken } = await tokens.accessFromRefresh(token)
      return { body: wrap(envelope, { access_token: accessToken }) }
    },
  })
}
