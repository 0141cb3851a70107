import { type Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { COUNTER_TABLE } from './counters.ts'

/** Connections of one node; a statement that finds none free waits. */
const CONNECTIONS_MAX = 10

/** How long a statement waits for a connection, the first one included. */
const CONNECT_TIMEOUT_MS = 5_000

/** How long one statement may take: none of the gateway's needs a tenth of it. */
const STATEMENT_TIMEOUT_MS = 10_000

/** PostgreSQL's type number of `bigint`. The gateway's hold milliseconds and counters, which a double holds exactly. */
const BIGINT_OID = 20

/** The channel on which nodes tell each other that a topic changed. */
const CHANNEL = 'gatehouse_change'

/** How long a broken listener waits before it listens anew. Polling goes on meanwhile. */
const LISTEN_AGAIN_MS = 1_000

/** Connections to a PostgreSQL. Nothing is opened before the first statement. */
export function openPostgresPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(url),
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A node that hangs inside a transaction must not hold its locks for long.
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    types: { getTypeParser: typeParser },
  })
  // Idle connections that break are replaced; whoever needs one next is told if there is none.
  pool.on('error', () => undefined)
  // One that breaks while it is in use is told to whoever waits for its answer; as an event, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** The dialect of a shared store: kysely's own, over `pg`. */
export function createPostgresDialect(pool: pg.Pool): PostgresDialect {
  return new PostgresDialect({ pool })
}

/** The schema that tables are made in: the first of the user's `search_path` that is there. */
export async function currentSchema<Schema>(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db)
  return rows[0]?.schema ?? 'public'
}

/** Has PostgreSQL announce every change of `topic_revision` when it is committed. Safe when nodes race. */
export async function announceChanges<Schema>(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${CHANNEL}))`.execute(tx)
    await sql`
      create or replace function gatehouse_tell_change() returns trigger language plpgsql as
      $$ begin perform pg_notify(${sql.lit(CHANNEL)}, new.topic); return null; end $$`.execute(tx)
    await sql`
      create or replace trigger tell_change after insert or update on topic_revision
      for each row execute function gatehouse_tell_change()`.execute(tx)
  })
}

/** Makes the table that nodes count in together, with the columns that the library writes. Safe when nodes race. */
export async function prepareCounters<Schema>(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${COUNTER_TABLE}))`.execute(tx)
    await sql`
      create table if not exists ${sql.table(COUNTER_TABLE)}
      (key varchar(255) primary key, points integer not null default 0, expire bigint)`.execute(tx)
  })
}

/**
 * Calls `wake` whenever another node or a command announces a change, and once after every time that it could not be
 * heard. A broken connection is made anew; nothing here fails.
 *
 * @returns a function that stops
 */
export function listenForChanges(url: string, wake: () => void): () => Promise<void> {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  async function listen(): Promise<void> {
    const connecting = new pg.Client({
      ...connectionOf(url),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    })
    client = connecting
    connecting.on('notification', wake)
    connecting.on('error', () => undefined)
    connecting.on('end', () => again())
    try {
      await connecting.connect()
      await connecting.query(`listen ${CHANNEL}`)
      wake()
    } catch {
      await connecting.end().catch(() => undefined)
      again()
    }
  }
  function again(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void listen(), LISTEN_AGAIN_MS)
  }
  void listen()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}

function connectionOf(url: string): pg.ClientConfig {
  return { connectionString: url, application_name: 'gatehouse' }
}

function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  return oid === BIGINT_OID ? Number : pg.types.getTypeParser(oid, format)
}
