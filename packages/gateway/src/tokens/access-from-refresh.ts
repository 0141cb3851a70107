import type { Grant } from '../store/grants.ts'
import type { TokenContext } from './context.ts'
import { tokenErrors } from './errors.ts'
import { type IssuedAccess, issueAccess } from './issue.ts'
import { decideAccess, type ExpectedOwner } from './refresh-decision.ts'
import { loadRefreshFacts } from './refresh-facts.ts'
import { hashRefreshToken } from './refresh-token.ts'
import { applyRefusal, type RefusalOutcome, refusalError } from './refuse-refresh.ts'

type AccessOutcome = { readonly kind: 'issue'; readonly grant: Grant; readonly nowMs: number } | RefusalOutcome

/**
 * Answers an access token for a refresh token, which stays as it is: unused, and with the same end. A used one gets an
 * access token inside its grace window and counts as reuse after it.
 *
 * @throws `token.invalid`, `grant.ended`; `token.reused` after the whole grant was revoked.
 */
export async function accessFromRefresh(
  context: TokenContext,
  refreshToken: string,
  expected: ExpectedOwner,
): Promise<IssuedAccess> {
  const hash = hashRefreshToken(refreshToken)
  if (hash === undefined) throw tokenErrors['token.invalid']({ internal: 'refresh token: malformed' })
  const outcome = await context.store.transaction(async (tx): Promise<AccessOutcome> => {
    const nowMs = context.clock.nowMs()
    const decision = decideAccess(await loadRefreshFacts(tx, hash), expected, nowMs)
    return decision.kind === 'issue' ? { ...decision, nowMs } : applyRefusal(tx, decision, nowMs)
  })
  if (outcome.kind !== 'issue') throw refusalError(context, outcome)
  const { grant, nowMs } = outcome
  const access = await issueAccess(context, grant)
  context.emit({ kind: 'token_refreshed', atMs: nowMs, grant, by: 'access' })
  return access
}
