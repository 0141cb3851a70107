import { expectObject } from '../../http/json-body.ts'
import { type Route, route } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import {
  handOverTokens,
  type JwtSignIn,
  type JwtSignInDeps,
  signInAndHandOver,
} from '../jwt-tokens/hand-over-tokens.ts'
import { signInDoor } from '../jwt-tokens/sign-in-door.ts'
import type { SignInFinisher } from '../sign-in-finisher.ts'
import { sendRequestErrors } from './error-shape.ts'
import { sendRequestSurface } from './surface.ts'

/** Whether scripts of a browser are shown the refresh token, which the cookie keeps in any case. */
export type LoginSettings = { readonly showRefreshTokenToBrowsers: boolean }

/** `POST /api/login`: login and password for an access token and a refresh token. */
export function login(deps: JwtSignInDeps, settings: LoginSettings): Route {
  const signIn = signInOf(settings)
  return route({
    method: 'POST',
    path: '/api/login',
    errors: sendRequestErrors,
    needs: 'door',
    body: expectObject,
    door: (call) => signInDoor(call, call.body, deps),
    handle: (call, door) => signInAndHandOver(call, call.body, door, signIn, deps),
  })
}

/** Answers sign-ins of this surface that another call finished. */
export function sendRequestFinisher({ clock }: { readonly clock: Clock }, settings: LoginSettings): SignInFinisher {
  const signIn = signInOf(settings)
  return {
    surface: sendRequestSurface.surface,
    errors: sendRequestErrors,
    present: (_sent, issued, { browser, more }) => {
      const { body, cookies } = handOverTokens(issued, browser, signIn, clock)
      return { body: { ...body, ...more }, cookies }
    },
  }
}

function signInOf({ showRefreshTokenToBrowsers }: LoginSettings): JwtSignIn {
  return {
    by: sendRequestSurface,
    showRefreshTokenToBrowsers,
    present: ({ accessToken, principal }) => ({ token: accessToken, user_id: principal.uid }),
  }
}
