import { expectObject } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import { handOverTokens, type JwtSignIn, type JwtSignInDeps } from '../jwt-tokens/hand-over-tokens.ts'
import { signInDoor } from '../jwt-tokens/sign-in-door.ts'
import { sendRequestErrors } from './error-shape.ts'
import { sendRequestSurface } from './surface.ts'

/** `POST /api/login`: login and password for an access token and a refresh token. */
export function login(deps: JwtSignInDeps, settings: { readonly showRefreshTokenToBrowsers: boolean }): Route {
  const signIn: JwtSignIn = {
    by: sendRequestSurface,
    showRefreshTokenToBrowsers: settings.showRefreshTokenToBrowsers,
    present: ({ accessToken, principal }) => ({ token: accessToken, user_id: principal.uid }),
  }
  return route({
    method: 'POST',
    path: '/api/login',
    errors: sendRequestErrors,
    needs: 'door',
    body: expectObject,
    door: (call) => signInDoor(call, call.body, deps),
    handle: (call, door) => handOverTokens(call, call.body, door, signIn, deps),
  })
}
