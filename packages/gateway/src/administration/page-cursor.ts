import { administrationErrors } from './errors.ts'

/** The last row of a page of a list that has the newest first: the next page begins behind it. */
export type PageCursor = { readonly atMs: number; readonly id: string }

/**
 * A page out of one row more than it may have: that one says whether there is another page.
 *
 * @param found at most `limit` + 1 rows
 * @returns `next`, the cursor of the next page: undefined on the last
 */
export function cutPage<Row>(
  found: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => PageCursor,
): { readonly rows: readonly Row[]; readonly next: string | undefined } {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  if (found.length <= limit || last === undefined) return { rows, next: undefined }
  const { atMs, id } = cursorOf(last)
  return { rows, next: `${atMs}.${id}` }
}

/**
 * Reads a cursor that a page has named.
 *
 * @throws admin.invalid for anything else
 */
export function readCursor(cursor: string): PageCursor {
  const [, atMs, id] = /^(\d{1,15})\.(\S{1,100})$/.exec(cursor) ?? []
  if (atMs === undefined || id === undefined) {
    const message = 'This cursor is none that a list has named.'
    throw administrationErrors['admin.invalid']({ message, data: { field: 'cursor' } })
  }
  return { atMs: Number(atMs), id }
}
