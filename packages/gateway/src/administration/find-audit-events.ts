import { type AuditEvent, type AuditFilter, listAuditEvents } from '../store/audit-events.ts'
import type { Store } from '../store/store.ts'
import { cutPage, readCursor } from './page-cursor.ts'

/** A page of the audit trail, and where the next one begins: undefined on the last. */
export type AuditPage = { readonly events: readonly AuditEvent[]; readonly next: string | undefined }

/**
 * Lists what happened, the newest first.
 *
 * @param page at most `limit` events, from `cursor` on, which the page before has named
 * @throws admin.invalid for a cursor that is none
 */
export async function findAuditEvents(
  filter: Omit<AuditFilter, 'before'>,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  { store }: { readonly store: Store },
): Promise<AuditPage> {
  const before = cursor === undefined ? undefined : readCursor(cursor)
  const found = await listAuditEvents(store.db, limit + 1, { ...filter, before })
  const { rows: events, next } = cutPage(found, limit, ({ atMs, id }) => ({ atMs, id }))
  return { events, next }
}
