import { type Route, route } from '../../http/route.ts'
import { refreshTokenOwner } from '../../identity/refresh-token-owner.ts'
import { refuseOtherGrant, refuseOtherUser } from './claimed-user.ts'
import type { JwtTokensDeps } from './deps.ts'
import { unwrap, wrap } from './envelope.ts'
import { jwtErrors } from './error-shape.ts'
import { presentedRefreshToken } from './presented-refresh-token.ts'
import { clearRefreshCookie } from './refresh-cookie.ts'

/** The word of success differs between the two systems; each grant hears that of the surface which made it. */
const STATUS_BY_SURFACE: Readonly<Record<string, string>> = { 'odoo-jwt': 'done', 'send-request': 'success' }

/** `POST /api/revoke/token`: ends the grant, and with it every token of this sign-in. */
export function revokeToken({ tokens, observe }: JwtTokensDeps): Route {
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
      const owner = await refreshTokenOwner(token, { tokens })
      refuseOtherGrant(call, principal, owner, observe)
      refuseOtherUser(call, params, owner, observe)
      await tokens.revokeGrant(owner.grantId, 'signed_out')
      return {
        body: wrap(envelope, { status: STATUS_BY_SURFACE[owner.surface] ?? 'success', logged_out: 1 }),
        cookies: [clearRefreshCookie],
      }
    },
  })
}
