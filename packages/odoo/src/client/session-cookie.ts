import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a text can be the id of an Odoo session: 40 hexadecimal digits up to Odoo 16, 84 characters of base64url from
 * 17 on. Nothing of this alphabet can end a header or a cookie.
 */
export function isSessionId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,256}$/.test(text)
}

/**
 * The session id that an answer sets, or undefined. Of several the last one counts, as in a browser; Odoo 19 sends two
 * when it signs in. A cookie that is emptied, or holds what can be no session id, sets none.
 */
export function readSessionId(headers: IncomingHttpHeaders): string | undefined {
  const cookies = [headers['set-cookie'] ?? []].flat() // undici gives a text where there is only one.
  const values = cookies.flatMap((cookie) => {
    const [, value] = /^\s*session_id=([^;]*)/.exec(cookie) ?? []
    return value === undefined ? [] : [value.trim()]
  })
  const last = values.at(-1)
  return last !== undefined && isSessionId(last) ? last : undefined
}
