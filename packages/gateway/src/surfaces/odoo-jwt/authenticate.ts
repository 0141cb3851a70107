import { type Route, route } from '../../http/route.ts'
import { unwrap, wrap } from '../jwt-tokens/envelope.ts'
import { jwtErrors } from '../jwt-tokens/error-shape.ts'
import { handOverTokens, type JwtSignIn, type JwtSignInDeps } from '../jwt-tokens/hand-over-tokens.ts'
import { signInDoor } from '../jwt-tokens/sign-in-door.ts'
import { odooJwtSurface } from './surface.ts'

/** What the sign-in tells about the life of tokens. Seconds. */
export type TokenSpans = {
  readonly accessTtlSeconds: number
  readonly refreshTtlSeconds: number
  readonly rotationPeriodSeconds: number
}

/** `POST /api/authenticate`: login and password for an access token and a refresh token. */
export function authenticate(deps: JwtSignInDeps, spans: TokenSpans): Route {
  const signIn: JwtSignIn = {
    by: odooJwtSurface,
    showRefreshTokenToBrowsers: false,
    present: ({ accessToken, principal }) => ({
      token: accessToken,
      user_id: principal.uid,
      rotation_period: spans.rotationPeriodSeconds,
      short_term_token_span: spans.accessTtlSeconds,
      long_term_token_span: spans.refreshTtlSeconds,
    }),
  }
  return route({
    method: 'POST',
    path: '/api/authenticate',
    errors: jwtErrors,
    needs: 'door',
    body: unwrap,
    door: (call) => signInDoor(call, call.body.params, deps),
    handle: async (call, door) => {
      const { envelope, params } = call.body
      const { body, cookies } = await handOverTokens(call, params, door, signIn, deps)
      return { body: wrap(envelope, body), cookies }
    },
  })
}
