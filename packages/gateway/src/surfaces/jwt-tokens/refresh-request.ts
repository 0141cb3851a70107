import type { Call } from '../../http/route.ts'
import type { RefreshRequest } from '../../identity/refresh.ts'
import type { JsonObject } from '../../kernel/json.ts'

/** What identity looks at in a call that presents a refresh token: `user_id` is the user whom it names. */
export function refreshRequest(call: Call, params: JsonObject, token: string): RefreshRequest {
  return { facts: { ...call, body: params }, token, claimedUserId: params.user_id }
}
