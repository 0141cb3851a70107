import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import { type Grant, isGrantLive, listGrants } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import type { RevokeGrant } from '../tokens/revoke-grant.ts'
import { endApiKey, requireApiKey } from './api-keys.ts'
import { keyIdOfClient } from './create-api-key.ts'
import { requireGrant } from './find-grants.ts'
import { recordChange } from './record-change.ts'

/** What ending grants takes. */
export type EndGrantsDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly revokeGrant: RevokeGrant
}

/** Grants that are ended between two looks at which are left. */
const BATCH = 100

/**
 * Ends one grant: its tokens, or its key.
 *
 * @returns false when it had ended before
 * @throws admin.not_found
 */
export async function endOneGrant(grantId: string, by: string, deps: EndGrantsDeps): Promise<boolean> {
  const grant = await requireGrant(grantId, deps)
  if (!isGrantLive(grant, deps.clock.nowMs())) return false
  await end(grant, 'revoked_by_administrator', by, deps)
  return true
}

/** Whose grants to end: all of a user, of a client, or of both. */
export type GrantOwner =
  | { readonly database: string; readonly login: string; readonly clientId?: string | undefined }
  | { readonly clientId: string; readonly database?: string | undefined }

/** Ends every live grant of a user or a client, and answers how many. New sign-ins are not kept from coming. */
export async function endGrantsOf(owner: GrantOwner, reason: string, by: string, deps: EndGrantsDeps): Promise<number> {
  const { store, clock } = deps
  let ended = 0
  for (;;) {
    const live = await listGrants(store.db, { ...owner, state: 'live' }, { nowMs: clock.nowMs(), limit: BATCH })
    for (const grant of live) await end(grant, reason, by, deps)
    ended += live.length
    if (live.length < BATCH) return ended
  }
}

/** A key without its grant would be listed as good and refused everywhere: it ends with it. */
async function end(grant: Grant, reason: string, by: string, deps: EndGrantsDeps): Promise<void> {
  const keyId = keyIdOfClient(grant.clientId)
  if (keyId !== undefined) {
    await endApiKey(await requireApiKey(keyId, deps), by, deps)
    return
  }
  await deps.revokeGrant(grant.id, reason)
  const { id: grantId, database, uid, login, api, clientId } = grant
  const change = {
    subject: 'grant',
    action: 'revoked',
    by,
    name: grantId,
    database,
    uid,
    login,
    api,
    clientId,
  } as const
  await recordChange(deps.store.db, { ...change, grantId }, deps)
}
