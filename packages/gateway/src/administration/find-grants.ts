import type { Clock } from '../kernel/clock.ts'
import { findGrant, type Grant, type GrantFilter, listGrants } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import { administrationErrors } from './errors.ts'
import { cutPage, readCursor } from './page-cursor.ts'

/** A page of grants, and where the next one begins: undefined on the last. */
export type GrantPage = { readonly grants: readonly Grant[]; readonly next: string | undefined }

/** The most grants of one page. */
export const GRANT_PAGE_MAX = 500

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
    const message = `A page has 1 to ${GRANT_PAGE_MAX} grants.`
    throw administrationErrors['admin.invalid']({ message, data: { field: 'limit' } })
  }
  const behind = cursor === undefined ? undefined : readCursor(cursor)
  const after = behind === undefined ? undefined : { createdAtMs: behind.atMs, id: behind.id }
  const found = await listGrants(store.db, { ...filter, after }, { nowMs: clock.nowMs(), limit: limit + 1 })
  const { rows: grants, next } = cutPage(found, limit, ({ createdAtMs, id }) => ({ atMs: createdAtMs, id }))
  return { grants, next }
}

/**
 * The grant of this id.
 *
 * @throws admin.not_found
 */
export async function requireGrant(grantId: string, { store }: { readonly store: Store }): Promise<Grant> {
  const grant = await findGrant(store.db, grantId)
  if (grant !== undefined) return grant
  throw administrationErrors['admin.not_found']({
    message: 'There is no grant of this id: see `gatehouse grant list`.',
  })
}
