import { httpErrors } from '../../http/errors.ts'
import type { Call } from '../../http/route.ts'
import { isAbsent } from '../../identity/absent-credential.ts'
import { identityErrors } from '../../identity/errors.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { jwtSurfaceErrors } from './errors.ts'
import { REFRESH_COOKIE } from './refresh-cookie.ts'

/** A refresh token and how it came: what came by cookie goes back by cookie only. */
export type PresentedRefreshToken = { readonly token: string; readonly byCookie: boolean }

/**
 * The refresh token of a request: the cookie first, else the header `refreshToken`, else the body.
 *
 * @throws refresh_token.missing, credential.multiple (two headers that differ), body.invalid
 */
export function presentedRefreshToken(
  call: Pick<Call, 'cookies' | 'headerValues'>,
  params: JsonObject,
): PresentedRefreshToken {
  const cookie = present(call.cookies[REFRESH_COOKIE])
  if (cookie !== undefined) return { token: cookie, byCookie: true }
  const token =
    inHeaders(call.headerValues('refreshtoken')) ?? inBody(params, 'refreshToken') ?? inBody(params, 'refresh_token')
  if (token === undefined) throw jwtSurfaceErrors['refresh_token.missing']()
  return { token, byCookie: false }
}

function inHeaders(values: readonly string[]): string | undefined {
  const [token, ...others] = new Set(values.map(present).filter((value) => value !== undefined))
  if (others.length > 0) throw identityErrors['credential.multiple']()
  return token
}

function inBody(params: JsonObject, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') {
    throw httpErrors['body.invalid']({ message: `"${name}" must be a text.`, data: { field: name } })
  }
  return present(value)
}

function present(value: string | undefined): string | undefined {
  const text = value?.trim()
  return text === undefined || isAbsent(text) ? undefined : text
}
