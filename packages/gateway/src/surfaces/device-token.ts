import type { CookieChange } from '../http/cookie.ts'
import { httpErrors } from '../http/errors.ts'
import type { Call } from '../http/route.ts'
import { isAbsent } from '../identity/absent-credential.ts'
import type { DeviceToken } from '../identity/mfa/devices.ts'
import type { JsonObject } from '../kernel/json.ts'

/** The cookie that keeps the token of a browser that Odoo trusts. */
const COOKIE = 'gatehouse_device'

/**
 * The token of a trusted device that a sign-in shows: `device_token` in the body, else the header `X-Device-Token`, of a
 * browser else its cookie.
 *
 * @param browser a browser's page was checked to be ours or the API's, as the use of a cookie asks for
 * @throws body.invalid when it is not a text
 */
export function shownDeviceToken(
  call: Pick<Call, 'cookies' | 'headerValues'>,
  params: JsonObject,
  browser: boolean,
): string | undefined {
  const { device_token: named } = params
  if (named !== undefined && named !== null && typeof named !== 'string') {
    throw httpErrors['body.invalid']({ message: '"device_token" must be a text.', data: { field: 'device_token' } })
  }
  const places = [named, call.headerValues('x-device-token')[0], browser ? call.cookies[COOKIE] : undefined]
  return places.find((token): token is string => typeof token === 'string' && !isAbsent(token.trim()))?.trim()
}

/** Hands over the token of a device that is trusted from now on: to an app in the body, to a browser in a cookie. */
export function handOverDeviceToken(
  device: DeviceToken | undefined,
  browser: boolean,
): { readonly body: JsonObject; readonly cookies: readonly CookieChange[] } {
  if (device === undefined) return { body: {}, cookies: [] }
  const { token, maxAgeSeconds } = device
  if (!browser) return { body: { device_token: token }, cookies: [] }
  return { body: {}, cookies: [{ name: COOKIE, value: token, path: '/', maxAgeSeconds }] }
}
