import type { Route } from '../../http/route.ts'
import type { JwtTokensDeps } from './deps.ts'
import type { JwtSurface } from './jwt-surface.ts'
import { revokeToken } from './revoke-token.ts'
import { updateAccessToken } from './update-access-token.ts'
import { updateRefreshToken } from './update-refresh-token.ts'

/**
 * The life of a token after sign-in, which odoo_jwt and jwt_auth_api have in common. Refresh tokens of these surfaces
 * are taken, and no others.
 */
export function jwtTokensRoutes(
  deps: Omit<JwtTokensDeps, 'allowedClients'>,
  surfaces: readonly JwtSurface[],
): readonly Route[] {
  const words = new Map(surfaces.map(({ clientId, signedOutWord }) => [clientId, signedOutWord]))
  const all = { ...deps, allowedClients: new Set(words.keys()) }
  return [updateAccessToken(all), updateRefreshToken(all), revokeToken(all, words)]
}
