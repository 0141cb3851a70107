import type { Answer, Call } from '../../http/route.ts'
import type { ChooseDoorDeps } from '../../identity/choose-door.ts'
import { type SignInDeps, type SignInSurface, signInWithPassword } from '../../identity/sign-in.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import { refreshCookie } from './refresh-cookie.ts'
import type { SignInDoor } from './sign-in-door.ts'

/** What a sign-in on these surfaces needs from outside. */
export type JwtSignInDeps = SignInDeps & ChooseDoorDeps & { readonly clock: Clock }

/** How one surface signs in, and what it answers beside the refresh token. */
export type JwtSignIn = {
  readonly by: SignInSurface
  /** Shows the refresh token to a browser's scripts too; it is in the cookie in any case. */
  readonly showRefreshTokenToBrowsers: boolean
  readonly present: (issued: IssuedTokens) => JsonObject
}

/**
 * Signs a person in and hands the tokens over: the refresh token to an app in the body, to a browser in a cookie that
 * no script can read. A browser's page must be ours or the API's, since the cookie is set for it.
 */
export async function handOverTokens(
  call: Call,
  params: JsonObject,
  door: SignInDoor,
  { by, showRefreshTokenToBrowsers, present }: JwtSignIn,
  deps: JwtSignInDeps,
): Promise<{ readonly body: JsonObject; readonly cookies: NonNullable<Answer['cookies']> }> {
  const { kind, credentials } = door
  if (kind === 'browser') call.refuseForeignOrigin(door.api)

  const issued = await signInWithPassword({ ...call, body: params }, door, credentials, by, deps)
  const shown = kind === 'app' || showRefreshTokenToBrowsers
  return {
    body: { ...present(issued), ...(shown ? { refreshToken: issued.refreshToken } : {}) },
    cookies: kind === 'browser' ? [refreshCookie(issued, deps.clock)] : [],
  }
}
