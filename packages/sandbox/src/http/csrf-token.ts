import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Engine } from '../engine/contract.ts'
import { type Session, STABLE_LENGTH } from '../session/session-store.ts'

const YEAR_SECONDS = 365 * 24 * 3600

/**
 * A token that a form of this session carries: HMAC and the second at which it ends, joined by `o` (odoo 18.0 http.py,
 * Request.csrf_token). It lives for a year, as far as the session does.
 */
export function csrfToken(engine: Engine, session: Session): string {
  const until = Math.floor(engine.nowMs() / 1000) + YEAR_SECONDS
  return `${mac(engine, session, String(until))}o${until}`
}

/** Is this the token of a form of the session, and not over? */
export function isCsrfToken(engine: Engine, session: Session, token: string | undefined): boolean {
  const [given = '', until = ''] = token?.split('o') ?? []
  if (!/^\d{1,15}$/.test(until) || Number(until) * 1000 < engine.nowMs()) return false
  const expected = Buffer.from(mac(engine, session, until))
  const actual = Buffer.from(given)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

function mac(engine: Engine, { id }: Session, until: string): string {
  return createHmac('sha256', engine.formSecret)
    .update(id.slice(0, STABLE_LENGTH) + until)
    .digest('hex')
}
