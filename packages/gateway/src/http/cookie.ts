import { parseCookie, stringifySetCookie } from 'cookie'

/** A cookie that an answer sets or takes back. Always HttpOnly and SameSite=Lax. */
export type CookieChange = {
  readonly name: string
  /** Absent: the cookie is taken back. */
  readonly value?: string
  readonly path: string
  /** Life in the browser. Seconds. */
  readonly maxAgeSeconds?: number
}

/** The cookies of a request, by name; of two with one name the first counts. */
export function readCookies(header: string | undefined): Readonly<Record<string, string | undefined>> {
  return header === undefined ? NO_COOKIES : parseCookie(header)
}

const NO_COOKIES: Readonly<Record<string, string | undefined>> = Object.freeze({})

/** The `Set-Cookie` line of a change. `secure` is true exactly when the public address is https. */
export function printCookie(change: CookieChange, secure: boolean): string {
  const maxAge = change.value === undefined ? 0 : change.maxAgeSeconds
  return stringifySetCookie({
    name: change.name,
    value: change.value ?? '',
    path: change.path,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    ...(maxAge === undefined ? {} : { maxAge }),
  })
}
