import type { Call } from '../../http/route.ts'
import { identityErrors } from '../../identity/errors.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { Observe } from '../../kernel/observation.ts'

/** The user and the grant that a token belongs to. */
export type TokenOwner = { readonly database: string; readonly uid: number; readonly grantId: string }

/**
 * Compares the `user_id` of a request with the user of its token. It never selects a user: a request may leave it
 * out, and one that names another user is refused and audited.
 *
 * @throws user.contradiction
 */
export function refuseOtherUser(call: Call, params: JsonObject, owner: TokenOwner, observe: Observe): void {
  const claimed = params.user_id ?? undefined
  // Some clients keep the id in a form field, where it is a text.
  if (claimed === undefined || claimed === owner.uid || claimed === String(owner.uid)) return
  tellContradiction('user', call, owner, observe)
  throw identityErrors['user.contradiction']()
}

/**
 * Refuses an access token and a refresh token that belong to two grants, and audits it.
 *
 * @throws grant.contradiction
 */
export function refuseOtherGrant(call: Call, access: TokenOwner, refresh: TokenOwner, observe: Observe): void {
  if (access.grantId === refresh.grantId) return
  tellContradiction('grant', call, access, observe)
  throw identityErrors['grant.contradiction']()
}

function tellContradiction(reason: 'user' | 'grant', call: Call, owner: TokenOwner, observe: Observe): void {
  const { database, uid, grantId } = owner
  const { address, requestId } = call
  observe({ kind: 'token_contradiction', reason, database, uid, grantId, address, requestId })
}
