import type { Observe } from '../../kernel/observation.ts'
import type { TokenEvent } from '../../tokens/events.ts'

/** Where news of grants go. */
export type TokenEventHearers = {
  readonly observe: Observe
  /** Told of an Odoo session that nobody needs any more. */
  readonly logOut: (odooSessionId: string) => void
}

/** Passes on what happened to a grant, and has Odoo sessions logged out that stand alone now. */
export function hearTokenEvent(event: TokenEvent, { observe, logOut }: TokenEventHearers): void {
  const { id: grantId, database, uid } = event.grant
  const whose = { database, uid, grantId }
  switch (event.kind) {
    case 'token_issued':
    case 'reuse_detected':
      observe({ kind: event.kind, ...whose })
      return
    case 'token_refreshed':
      observe({ kind: 'refreshed', by: event.by, ...whose })
      return
    case 'grant_ended':
      observe({ kind: 'grant_ended', ...whose, reason: event.reason })
      if (event.odooSessionToEnd !== undefined) logOut(event.odooSessionToEnd)
  }
}
