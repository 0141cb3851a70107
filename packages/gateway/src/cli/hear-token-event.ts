import type { Logger } from 'pino'
import type { Observe } from '../kernel/observation.ts'
import type { TokenEvent } from '../tokens/events.ts'
import type { OdooSessions } from '../upstream/odoo-sessions.ts'

/** Passes on what happened to a grant, and logs out in Odoo what nobody needs any more. */
export function hearTokenEvent(
  event: TokenEvent,
  { observe, sessions, log }: { readonly observe: Observe; readonly sessions: OdooSessions; readonly log: Logger },
): void {
  if (event.kind !== 'reuse_detected' && event.kind !== 'grant_ended') return
  const { id: grantId, database, uid } = event.grant
  if (event.kind === 'reuse_detected') {
    observe({ kind: 'reuse_detected', database, uid, grantId })
    return
  }
  observe({ kind: 'grant_ended', database, uid, grantId, reason: event.reason })
  if (event.odooSessionToEnd === undefined) return
  sessions.end(event.odooSessionToEnd).catch((error: unknown) => {
    log.warn({ err: error, grantId }, 'an Odoo session could not be logged out')
  })
}
