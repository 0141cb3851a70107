import { type AuditEvent, type AuditFilter, listAuditEvents } from '../store/audit-events.ts'
import type { Store } from '../store/store.ts'
import { administrationErrors } from './errors.ts'

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
  // One more than asked for says whether there is another page.
  const found = await listAuditEvents(store.db, limit + 1, { ...filter, before })
  const events = found.slice(0, limit)
  const last = events.at(-1)
  return { events, next: found.length > limit && last !== undefined ? `${last.atMs}.${last.id}` : undefined }
}

function readCursor(cursor: string): { readonly atMs: number; readonly id: string } {
  const [, atMs, id] = /^(\d{1,15})\.(\S{1,100})$/.exec(cursor) ?? []
  if (atMs === undefined || id === undefined) {
    const message = 'This cursor is none that a list has named.'
    throw administrationErrors['admin.invalid']({ message, data: { field: 'cursor' } })
  }
  return { atMs: Number(atMs), id }
}
