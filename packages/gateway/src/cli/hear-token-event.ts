import type { Observe } from '../kernel/observation.ts'
import type { TokenEvent } from '../tokens/events.ts'

/** Where news of grants go. */
export type TokenEventHearers = {
  readonly observe: Observe
  /** Told of an Odoo session that nobody needs any more. */
  readonly logOut: (odooSessionId: string) => void
}

/** Passes on what happened to a grant, and has Odoo sessions logged out that stand alone now. */
export function hearTokenEvent(event: TokenEvent, { observe, logOut }: TokenEventHearers): void {
  if (event.kind !== 'reuse_detected' && event.kind !== 'grant_ended') return
  const { id: grantId, database, uid } = event.grant
  if (event.kind === 'reuse_detected') {
    observe({ kind: 'reuse_detected', database, uid, grantId })
    return
  }
  observe({ kind: 'grant_ended', database, uid, grantId, reason: event.reason })
  if (event.odooSessionToEnd !== undefined) logOut(event.odooSessionToEnd)
}
