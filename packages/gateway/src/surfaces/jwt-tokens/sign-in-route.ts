import type { Answer, Call } from '../../http/route.ts'
import { type ChooseDoorDeps, chooseDoor } from '../../identity/choose-door.ts'
import { type SignInDeps, type SignInSurface, signInWithPassword } from '../../identity/sign-in.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import { clientKindOf } from './client-kind.ts'
import { readCredentials } from './credentials-body.ts'
import { refreshCookie } from './refresh-cookie.ts'

/** What a sign-in on these surfaces needs from outside. */
export type JwtSignInDeps = SignInDeps &
  ChooseDoorDeps & {
    /** Life of the refresh cookie in the browser. Seconds. */
    readonly refreshTtlSeconds: number
  }

/** How one surface signs in, and what it answers beside the refresh token. */
export type JwtSignIn = {
  readonly by: SignInSurface
  /** Shows the refresh token to a browser's scripts too; it is in the cookie in any case. */
  readonly showRefreshTokenToBrowsers: boolean
  readonly present: (issued: IssuedTokens) => JsonObject
}

/**
 * Signs a person in and hands the refresh token over: to an app in the body, to a browser in a cookie that no script
 * can read. The order of the lines is the order of the checks.
 */
export async function signInByPassword(
  call: Call,
  params: JsonObject,
  { by, showRefreshTokenToBrowsers, present }: JwtSignIn,
  deps: JwtSignInDeps,
): Promise<{ readonly body: JsonObject; readonly cookies: NonNullable<Answer['cookies']> }> {
  const request = { ...call, body: params }
  const kind = clientKindOf(call)
  const credentials = readCredentials(params)
  const door = chooseDoor(request, deps)
  call.useApi(door.api)
  if (kind === 'browser') call.refuseForeignOrigin()

  const issued = await signInWithPassword(request, door, credentials, by, deps)
  const { refreshToken } = issued
  const shown = kind === 'app' || showRefreshTokenToBrowsers
  return {
    body: { ...present(issued), ...(shown ? { refreshToken } : {}) },
    cookies: kind === 'browser' ? [refreshCookie(refreshToken, deps.refreshTtlSeconds)] : [],
  }
}
