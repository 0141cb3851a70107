import type { Route } from '../../http/route.ts'
import type { JwtTokensDeps } from './deps.ts'
import { revokeToken } from './revoke-token.ts'
import { updateAccessToken } from './update-access-token.ts'
import { updateRefreshToken } from './update-refresh-token.ts'

/** The life of a token after sign-in, which odoo_jwt and jwt_auth_api have in common. */
export function jwtTokensRoutes(deps: JwtTokensDeps): readonly Route[] {
  return [updateAccessToken(deps), updateRefreshToken(deps), revokeToken(deps)]
}
