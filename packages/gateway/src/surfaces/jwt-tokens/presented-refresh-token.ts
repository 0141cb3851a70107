import { httpErrors } from '../../http/errors.ts'
import type { Call } from '../../http/route.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { jwtSurfaceErrors } from './errors.ts'
import { REFRESH_COOKIE } from './refresh-cookie.ts'

/** A refresh token and how it came: what came by cookie goes back by cookie only. */
export type PresentedRefreshToken = { readonly token: string; readonly byCookie: boolean }

/** What clients send when they have nothing. */
const ABSENT = new Set(['', 'null', 'undefined'])

/**
 * The refresh token of a request: the cookie first, else the header `refreshToken`, else the body.
 *
 * @throws refresh_token.missing, body.invalid
 */
export function presentedRefreshToken(call: Call, params: JsonObject): PresentedRefreshToken {
  const cookie = present(call.cookies[REFRESH_COOKIE])
  if (cookie !== undefined) return { token: cookie, byCookie: true }
  const token =
    present(call.headerValues('refreshtoken')[0]) ?? inBody(params, 'refreshToken') ?? inBody(params, 'refresh_token')
  if (token === undefined) throw jwtSurfaceErrors['refresh_token.missing']()
  return { token, byCookie: false }
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
  return text === undefined || ABSENT.has(text) ? undefined : text
}
