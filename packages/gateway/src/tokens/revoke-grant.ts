import { findGrant } from '../store/grants.ts'
import { announceEnd, type EndedGrant, type EndingContext, endGrantInStore } from './end-grant.ts'
import { tokenErrors } from './errors.ts'

/**
 * Ends a grant: its refresh tokens at once, its access tokens at once on this node and within 2 s on every other. A
 * grant that had ended already is answered as it is, with nothing left to do.
 *
 * @param reason A few words for the audit trail (`signed out`). Not shown to clients.
 * @throws `grant.unknown`.
 */
export async function revokeGrant(context: EndingContext, grantId: string, reason: string): Promise<EndedGrant> {
  const nowMs = context.clock.nowMs()
  const ended = await context.store.transaction((tx) => endGrantInStore(tx, grantId, { reason, nowMs }))
  if (ended !== undefined) {
    announceEnd(context, ended, reason)
    return ended
  }
  const grant = await findGrant(context.store.db, grantId)
  if (grant === undefined) throw tokenErrors['grant.unknown']()
  return { grant }
}

/** Ends a grant by its id. Throws `grant.unknown`. */
export type RevokeGrant = (grantId: string, reason: string) => Promise<EndedGrant>

/**
 * Ends grants beside the gateways, for commands: their nodes notice within 2 s, and log the Odoo session out when they
 * sweep.
 */
export function createGrantRevoker({ store, clock }: Pick<EndingContext, 'store' | 'clock'>): RevokeGrant {
  const context: EndingContext = { store, clock, liveness: { noteEnded: () => {} }, emit: () => {} }
  return (grantId, reason) => revokeGrant(context, grantId, reason)
}
