import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import { findGrant, type Grant, type GrantFilter, isGrantLive, listGrants } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import type { RevokeGrant } from '../tokens/revoke-grant.ts'
import { endApiKey, requireApiKey } from './api-keys.ts'
import { keyIdOfClient } from './create-api-key.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** What ending grants takes. */
export type EndGrantsDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly revokeGrant: RevokeGrant
}

/** A page of grants, and where the next one begins: undefined on the last. */
export type GrantPage = { readonly grants: readonly Grant[]; readonly next: string | undefined }

/** The most grants of one page. */
export const GRANT_PAGE_MAX = 500

/** Grants that are ended between two looks at which are left. */
const BATCH = 100

/**
 * Lists grants, the newest first.
 *
 * @param page at most `limit` grants (1 to 500), from `cursor` on, which the page before has named
 * @throws admin.invalid
 */
export async function findGrants(
  filter: Omit<GrantFilter, 'after'>,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<GrantPage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > GRANT_PAGE_MAX) {
    throw invalid('limit', `A page has 1 to ${GRANT_PAGE_MAX} grants.`)
  }
  const after = cursor === undefined ? undefined : readCursor(cursor)
  // One more than asked for says whether there is another page.
  const found = await listGrants(store.db, { ...filter, after }, { nowMs: clock.nowMs(), limit: limit + 1 })
  const grants = found.slice(0, limit)
  const last = grants.at(-1)
  const next = found.length > limit && last !== undefined ? `${last.createdAtMs}.${last.id}` : undefined
  return { grants, next }
}

/**
 * Ends one grant: its tokens, or its key.
 *
 * @returns false when it had ended before
 * @throws admin.not_found
 */
export async function endOneGrant(grantId: string, by: string, deps: EndGrantsDeps): Promise<boolean> {
  const grant = await findGrant(deps.store.db, grantId)
  if (grant === undefined) {
    throw administrationErrors['admin.not_found']({
      message: 'There is no grant of this id: see `gatehouse grant list`.',
    })
  }
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

function readCursor(cursor: string): { readonly createdAtMs: number; readonly id: string } {
  const [, time, id] = /^(\d{1,15})\.(\S{1,100})$/.exec(cursor) ?? []
  if (time === undefined || id === undefined) throw invalid('cursor', 'This cursor is none that a list has named.')
  return { createdAtMs: Number(time), id }
}

function invalid(field: string, message: string): Error {
  return administrationErrors['admin.invalid']({ message, data: { field } })
}
