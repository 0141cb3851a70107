import type { Observe } from '../kernel/observation.ts'
import { identityErrors } from './errors.ts'
import type { RequestFacts } from './request-facts.ts'

/** The user and the grant that a token belongs to. */
export type TokenOwner = { readonly database: string; readonly uid: number; readonly grantId: string }

/**
 * Compares the user whom a request names with the user of its token, and audits a difference. It never selects a user;
 * a request may leave it out.
 *
 * @param claimedUserId as it was sent; some clients keep the id in a form field, where it is a text
 * @throws user.contradiction
 */
export function refuseOtherUser(
  request: RequestFacts,
  claimedUserId: unknown,
  owner: TokenOwner,
  observe: Observe,
): void {
  if (claimedUserId === undefined || claimedUserId === null) return
  if (claimedUserId === owner.uid || claimedUserId === String(owner.uid)) return
  tellContradiction('user', request, owner, observe)
  throw identityErrors['user.contradiction']()
}

/**
 * Refuses an access token and a refresh token that belong to two grants, and audits it.
 *
 * @throws grant.contradiction
 */
export function refuseOtherGrant(
  request: RequestFacts,
  access: TokenOwner,
  refresh: TokenOwner,
  observe: Observe,
): void {
  if (access.grantId === refresh.grantId) return
  tellContradiction('grant', request, access, observe)
  throw identityErrors['grant.contradiction']()
}

function tellContradiction(
  reason: 'user' | 'grant',
  { address, requestId }: RequestFacts,
  { database, uid, grantId }: TokenOwner,
  observe: Observe,
): void {
  observe({ kind: 'token_contradiction', reason, database, uid, grantId, address, requestId })
}
