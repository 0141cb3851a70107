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
  const last = readSetCookie(headers, 'session_id')?.value
  return last !== undefined && isSessionId(last) ? last : undefined
}

/** A cookie that an answer sets, of several of that name the last one: its value, and its life in seconds if it has one. */
export function readSetCookie(
  headers: IncomingHttpHeaders,
  name: string,
): { readonly value: string; readonly maxAgeSeconds?: number } | undefined {
  const cookies = [headers['set-cookie'] ?? []].flat() // undici gives a text where there is only one.
  const found = cookies.flatMap((cookie) => {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim())
    if (!pair.startsWith(`${name}=`)) return []
    const maxAge = attributes
      .map((attribute) => /^max-age=(\d{1,9})$/i.exec(attribute)?.[1])
      .find((age) => age !== undefined)
    const value = pair.slice(name.length + 1)
    return [{ value, ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }) }]
  })
  return found.at(-1)
}
