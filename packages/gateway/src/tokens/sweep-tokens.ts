import { listGrantsPastTheirEnd } from '../store/grants.ts'
import { listGrantsOutOfTokens } from '../store/refresh-tokens.ts'
import { type SweepCounts, sweepExpired } from '../store/sweep.ts'
import type { TokenContext } from './context.ts'
import { announceEnd, endGrantInStore } from './end-grant.ts'

/** What a sweep did. A number that equals the limit says that more is left. */
export type TokenSweep = SweepCounts & {
  /** Grants that nobody can use any more, and that were ended for it. */
  readonly endedGrants: number
}

/**
 * Ends grants that are past their end or whose last token ran out, so that their Odoo sessions are logged out like any
 * other, and then removes what has run out. At most `limit` of each kind; each grant in a transaction of its own.
 */
export async function sweepTokens(context: TokenContext, limit: number): Promise<TokenSweep> {
  const { store, clock, lifetimes } = context
  const nowMs = clock.nowMs()
  // An access token may have been issued in the refresh token's last moment and is still good.
  const outOfTokensBeforeMs = nowMs - lifetimes.accessTtlSeconds * 1000
  const past = await listGrantsPastTheirEnd(store.db, nowMs, limit)
  const idle = await listGrantsOutOfTokens(store.db, outOfTokensBeforeMs, limit)
  let endedGrants = 0
  for (const grantId of past) endedGrants += await endForAReason(context, grantId, 'expired')
  for (const grantId of idle) endedGrants += await endForAReason(context, grantId, 'idle')
  return { endedGrants, ...(await sweepExpired(store.db, nowMs, limit)) }
}

async function endForAReason(context: TokenContext, grantId: string, reason: 'expired' | 'idle'): Promise<number> {
  const nowMs = context.clock.nowMs()
  const ended = await context.store.transaction((tx) => endGrantInStore(tx, grantId, { reason, nowMs }))
  if (ended === undefined) return 0
  announceEnd(context, ended, reason)
  return 1
}
