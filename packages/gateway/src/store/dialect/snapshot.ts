import { type Kysely, sql } from 'kysely'

/**
 * Reads the embedded store as it is at one moment, while gateways go on writing: a plain `begin` takes no lock, and in
 * WAL mode what it reads first is what it goes on seeing.
 */
export function sqliteSnapshot<Schema, T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}

/** The same on PostgreSQL (its manual, §13.2.2). */
export function postgresSnapshot<Schema, T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}
