import { type Route, route } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { envelopeOf, unwrap, wrap } from '../jwt-tokens/envelope.ts'
import { jwtErrors } from '../jwt-tokens/error-shape.ts'
import {
  handOverTokens,
  type JwtSignIn,
  type JwtSignInDeps,
  signInAndHandOver,
} from '../jwt-tokens/hand-over-tokens.ts'
import { signInDoor } from '../jwt-tokens/sign-in-door.ts'
import type { SignInFinisher } from '../sign-in-finisher.ts'
import { odooJwtSurface } from './surface.ts'

/** What the sign-in tells about the life of tokens. Seconds. */
export type TokenSpans = {
  readonly accessTtlSeconds: number
  readonly refreshTtlSeconds: number
  readonly rotationPeriodSeconds: number
}

/** `POST /api/authenticate`: login and password for an access token and a refresh token. */
export function authenticate(deps: JwtSignInDeps, spans: TokenSpans): Route {
  const signIn = signInOf(spans)
  return route({
    method: 'POST',
    path: '/api/authenticate',
    errors: jwtErrors,
    needs: 'door',
    body: unwrap,
    door: (call) => signInDoor(call, call.body.params, deps),
    handle: async (call, door) => {
      const { envelope, params } = call.body
      const { body, cookies } = await signInAndHandOver(call, params, door, signIn, deps)
      return { body: wrap(envelope, body), cookies }
    },
  })
}

/** Answers sign-ins of this surface that another call finished; in an envelope, if that call came in one. */
export function odooJwtFinisher({ clock }: { readonly clock: Clock }, spans: TokenSpans): SignInFinisher {
  const signIn = signInOf(spans)
  return {
    surface: odooJwtSurface.surface,
    errors: jwtErrors,
    present: (sent, issued, { browser, more }) => {
      const { body, cookies } = handOverTokens(issued, browser, signIn, clock)
      return { body: wrap(envelopeOf(sent), { ...body, ...more }), cookies }
    },
  }
}

function signInOf(spans: TokenSpans): JwtSignIn {
  return {
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
}
