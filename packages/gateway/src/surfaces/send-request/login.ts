import { expectObject } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import { type JwtSignIn, type JwtSignInDeps, signInByPassword } from '../jwt-tokens/sign-in-route.ts'
import { sendRequestErrors } from './error-shape.ts'

/** `POST /api/login`: login and password for an access token and a refresh token. */
export function login(deps: JwtSignInDeps, settings: { readonly showRefreshTokenToBrowsers: boolean }): Route {
  const signIn: JwtSignIn = {
    by: { surface: 'send-request', clientId: 'send-request' },
    showRefreshTokenToBrowsers: settings.showRefreshTokenToBrowsers,
    present: ({ accessToken, principal }) => ({ token: accessToken, user_id: principal.uid }),
  }
  return route({
    method: 'POST',
    path: '/api/login',
    errors: sendRequestErrors,
    needs: 'nothing',
    body: expectObject,
    handle: (call) => signInByPassword(call, call.body, signIn, deps),
  })
}
