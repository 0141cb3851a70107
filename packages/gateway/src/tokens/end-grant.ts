import { endGrant, findGrant, type Grant, hasLiveGrantOnSession } from '../store/grants.ts'
import { endOdooSession } from '../store/odoo-sessions.ts'
import { deleteRefreshTokensOf } from '../store/refresh-tokens.ts'
import type { Handle } from '../store/tables.ts'
import type { TokenContext } from './context.ts'

/** What ending a grant needs of what the parts of the token service share. */
export type EndingContext = Pick<TokenContext, 'store' | 'clock' | 'emit'> & {
  readonly liveness: Pick<TokenContext['liveness'], 'noteEnded'>
}

/** A grant that has ended, and what is left to do in Odoo. */
export type EndedGrant = {
  readonly grant: Grant
  /** The Odoo session that no live grant stands on any more: log it out. */
  readonly odooSessionToEnd?: string
}

/**
 * Ends a grant with all of its refresh tokens, and its Odoo session here unless another live grant shares it. Part of
 * the caller's transaction; the caller announces it after the commit. `undefined` when the grant is unknown or had ended
 * already, so that an end is announced once.
 */
export async function endGrantInStore(
  tx: Handle,
  grantId: string,
  end: { readonly reason: string; readonly nowMs: number },
): Promise<EndedGrant | undefined> {
  if (!(await endGrant(tx, grantId, { endedAtMs: end.nowMs, reason: end.reason }))) return undefined
  await deleteRefreshTokensOf(tx, grantId)
  const grant = await findGrant(tx, grantId)
  if (grant === undefined) throw new Error('A grant vanished inside the transaction that ended it.')
  const sessionId = grant.odooSessionId
  if (sessionId === undefined || (await hasLiveGrantOnSession(tx, sessionId, end.nowMs))) return { grant }
  const ended = await endOdooSession(tx, sessionId, end.nowMs)
  return ended ? { grant, odooSessionToEnd: sessionId } : { grant }
}

/** Tells that a grant has ended, once that is on the disk: this node refuses its tokens from here on. */
export function announceEnd(context: EndingContext, { grant, odooSessionToEnd }: EndedGrant, reason: string): void {
  context.liveness.noteEnded(grant.id)
  context.emit({
    kind: 'grant_ended',
    atMs: grant.endedAtMs ?? context.clock.nowMs(),
    grant,
    reason,
    ...(odooSessionToEnd === undefined ? {} : { odooSessionToEnd }),
  })
}
