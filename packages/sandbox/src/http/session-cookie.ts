const LIFE_SECONDS = 7 * 24 * 3600
const YEAR_MS = 365 * 24 * 3600 * 1000

/** The session cookie with Odoo's attributes: a year in `Expires`, a week in `Max-Age`, neither Secure nor SameSite. */
export function sessionCookie(id: string, nowMs: number): string {
  const expires = new Date(nowMs + YEAR_MS).toUTCString()
  return `session_id=${id}; Expires=${expires}; Max-Age=${LIFE_SECONDS}; HttpOnly; Path=/`
}

/** The id in a Cookie header; of two the first counts. */
export function sessionIdIn(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2)
    if (name?.trim() === 'session_id') return value?.trim()
  }
  return undefined
}
