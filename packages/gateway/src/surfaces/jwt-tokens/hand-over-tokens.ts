import type { CookieChange } from '../../http/cookie.ts'
import type { Call } from '../../http/route.ts'
import type { ChooseSignInDoorDeps } from '../../identity/choose-sign-in-door.ts'
import type { SignInSurface } from '../../identity/grant-session.ts'
import { type SignInDeps, signInWithPassword } from '../../identity/sign-in.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import { shownDeviceToken } from '../device-token.ts'
import { refreshCookie } from './refresh-cookie.ts'
import type { SignInDoor } from './sign-in-door.ts'

/** What a sign-in on these surfaces needs from outside. */
export type JwtSignInDeps = SignInDeps & ChooseSignInDoorDeps & { readonly clock: Clock }

/** How one surface signs in, and what it answers beside the refresh token. */
export type JwtSignIn = {
  readonly by: SignInSurface
  /** Shows the refresh token to a browser's scripts too; it is in the cookie in any case. */
  readonly showRefreshTokenToBrowsers: boolean
  readonly present: (issued: IssuedTokens) => JsonObject
}

/** The tokens as a client is given them. */
export type HandedOver = { readonly body: JsonObject; readonly cookies: readonly CookieChange[] }

/**
 * Signs a person in and hands the tokens over. A browser's page must be ours or the API's, since a cookie is set for it
 * and one may be used.
 */
export async function signInAndHandOver(
  call: Call,
  params: JsonObject,
  door: SignInDoor,
  signIn: JwtSignIn,
  deps: JwtSignInDeps,
): Promise<HandedOver> {
  const { kind, credentials } = door
  const browser = kind === 'browser'
  if (browser) call.refuseForeignOrigin(door.api)

  const deviceToken = shownDeviceToken(call, params, browser)
  const { surface, clientId } = signIn.by
  const by = { surface, clientId, browser }
  const issued = await signInWithPassword({ ...call, body: params }, door, { ...credentials, deviceToken }, by, deps)
  return handOverTokens(issued, browser, signIn, deps.clock)
}

/** The refresh token goes to an app in the body, to a browser in a cookie that no script can read. */
export function handOverTokens(
  issued: IssuedTokens,
  browser: boolean,
  { present, showRefreshTokenToBrowsers }: JwtSignIn,
  clock: Clock,
): HandedOver {
  const shown = !browser || showRefreshTokenToBrowsers
  return {
    body: { ...present(issued), ...(shown ? { refreshToken: issued.refreshToken } : {}) },
    cookies: browser ? [refreshCookie(issued, clock)] : [],
  }
}
