import type { Database } from './database.ts'
import { identifier, type SqlValue } from './sql-text.ts'

/** A row to insert, by column. */
export type NewRow = Readonly<Record<string, SqlValue>>

/**
 * Inserts rows one after another. Those that have the same columns in the same order share one statement: thousands of
 * them take a few milliseconds. Names come from the schema.
 */
export function insertRows(db: Database, table: string, rows: Iterable<NewRow>): void {
  const into = identifier(table).text
  let shape = ''
  let text = ''
  for (const row of rows) {
    const names = Object.keys(row)
    const next = names.join()
    if (next !== shape) {
      shape = next
      const columns = names.map((name) => identifier(name).text)
      text = `INSERT INTO ${into} (${columns.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    }
    db.run({ text, params: Object.values(row) })
  }
}
