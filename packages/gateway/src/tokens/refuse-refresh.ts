import type { GatehouseError } from '../kernel/error.ts'
import type { Handle } from '../store/tables.ts'
import type { TokenContext } from './context.ts'
import { announceEnd, type EndedGrant, endGrantInStore } from './end-grant.ts'
import { tokenErrors } from './errors.ts'
import type { RefreshRefusal, RefusalReason } from './refresh-decision.ts'

/**
 * What became of a refusal in the store. A value and not an exception: thrown inside the transaction, it would take the
 * revocation back.
 */
export type RefusalOutcome =
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'reused'; readonly ended: EndedGrant | undefined }

const REUSE = 'refresh token reused'

/** Applies a refusal in the caller's transaction: reuse ends the whole grant, everything else changes nothing. */
export async function applyRefusal(tx: Handle, refusal: RefreshRefusal, nowMs: number): Promise<RefusalOutcome> {
  if (refusal.kind === 'refuse') return { kind: 'refused', reason: refusal.reason }
  return { kind: 'reused', ended: await endGrantInStore(tx, refusal.grant.id, { reason: REUSE, nowMs }) }
}

/** After the commit: tells of what happened, and answers the error that the client gets. */
export function refusalError(context: TokenContext, outcome: RefusalOutcome): GatehouseError {
  if (outcome.kind === 'refused') {
    const code = outcome.reason === 'grant_over' ? 'grant.ended' : 'token.invalid'
    return tokenErrors[code]({ internal: `refresh token: ${outcome.reason}` })
  }
  if (outcome.ended !== undefined) {
    const { grant } = outcome.ended
    context.emit({ kind: 'reuse_detected', atMs: grant.endedAtMs ?? context.clock.nowMs(), grant })
    announceEnd(context, outcome.ended, REUSE)
  }
  return tokenErrors['token.reused']({ internal: 'refresh token: reused after its grace window; its grant is revoked' })
}
