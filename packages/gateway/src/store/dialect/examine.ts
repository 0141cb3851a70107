import { type Kysely, sql } from 'kysely'

/** How a store is, for whoever runs it. */
export type StoreHealth = {
  readonly engine: 'SQLite' | 'PostgreSQL'
  readonly version: string
  /** Bytes on the disk: of the embedded store its file, of a shared one the whole database. */
  readonly bytes: number
  /** What the engine itself finds damaged; empty when nothing is. */
  readonly damages: readonly string[]
  /** Of a shared store: connections of Gatehouse to it, this one included, and how many the server lets in. */
  readonly connections?: { readonly own: number; readonly max: number }
}

/** How many damages are told; one is too many already. */
const DAMAGES_MAX = 10

/** Looks through the whole file: a second for some hundred MB. Others go on meanwhile. */
export async function examineSqlite<Schema>(db: Kysely<Schema>): Promise<StoreHealth> {
  const check = await sql<{ integrity_check: string }>`pragma integrity_check(${sql.lit(DAMAGES_MAX)})`.execute(db)
  const damages = check.rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
  // What cannot be read cannot be compared either.
  const references =
    damages.length > 0 ? { rows: [] } : await sql<{ table: string }>`pragma foreign_key_check`.execute(db)
  const size = await sql<{
    bytes: number
  }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db)
  const version = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
  const broken = new Set(references.rows.map(({ table }) => `rows of ${table} refer to what is not there`))
  return {
    engine: 'SQLite',
    version: version.rows[0]?.version ?? 'unknown',
    bytes: Number(size.rows[0]?.bytes ?? 0),
    damages: [...damages, ...broken],
  }
}

/** PostgreSQL checks its pages itself, where it was told to; what is asked here is whether it answers, and how full it is. */
export async function examinePostgres<Schema>(db: Kysely<Schema>): Promise<StoreHealth> {
  const { rows } = await sql<{ version: string; bytes: number; own: number; most: number }>`
    select current_setting('server_version') as version,
      pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity
        where application_name = 'gatehouse' and datname = current_database())::int as own,
      current_setting('max_connections')::int as most`.execute(db)
  const [row] = rows
  return {
    engine: 'PostgreSQL',
    version: row?.version ?? 'unknown',
    bytes: Number(row?.bytes ?? 0),
    damages: [],
    connections: { own: row?.own ?? 0, max: row?.most ?? 0 },
  }
}
