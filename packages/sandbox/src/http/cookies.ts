const WEEK_SECONDS = 7 * 24 * 3600
const YEAR_MS = 365 * 24 * 3600 * 1000

/** The session cookie with Odoo's attributes: a year in `Expires`, a week in `Max-Age`, neither Secure nor SameSite. */
export function sessionCookie(id: string, nowMs: number): string {
  return `session_id=${id}; Expires=${inAYear(nowMs)}; Max-Age=${WEEK_SECONDS}; HttpOnly; Path=/`
}

/** The cookie that pages for everybody set: the language that they were shown in (odoo 18.0 http_routing). */
export function languageCookie(nowMs: number): string {
  return `frontend_lang=en_US; Expires=${inAYear(nowMs)}; Path=/`
}

/** The cookie by which a browser is known that needs no second factor (odoo 18.0 auth_totp). */
export function trustedBrowserCookie(key: string, lifeSeconds: number, nowMs: number): string {
  return `td_id=${key}; Expires=${inAYear(nowMs)}; Max-Age=${lifeSeconds}; HttpOnly; Path=/; SameSite=Lax`
}

/** A cookie that is taken back; Odoo leaves its year in `Expires`. */
export function removedCookie(name: string, nowMs: number): string {
  return `${name}=; Expires=${inAYear(nowMs)}; Max-Age=0; Path=/`
}

/** The cookies of a header by name; of two with one name the first counts. */
export function readCookies(header: string | undefined): Record<string, string> {
  const found = new Map<string, string>()
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = pair.slice(0, at).trim()
    if (!found.has(name)) found.set(name, unquoted(pair.slice(at + 1).trim()))
  }
  return Object.fromEntries(found)
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
}

function inAYear(nowMs: number): string {
  return new Date(nowMs + YEAR_MS).toUTCString()
}
