import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { Kysely, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { GatehouseError } from '../kernel/error.ts'
import { createActivity } from './dialect/activity.ts'
import { memoryCounters, postgresCounters } from './dialect/counters.ts'
import { examinePostgres, examineSqlite, type StoreHealth } from './dialect/examine.ts'
import { guardedDialect } from './dialect/guarded.ts'
import {
  announceChanges,
  createPostgresDialect,
  currentSchema,
  listenForChanges,
  openPostgresPool,
  prepareCounters,
} from './dialect/postgres.ts'
import { postgresSnapshot, sqliteSnapshot } from './dialect/snapshot.ts'
import { closeInTurn, createSqliteDialect, openSqliteFile } from './dialect/sqlite.ts'
import { isSerializationFailure } from './dialect/store-away.ts'
import { storeErrors } from './errors.ts'
import { migrations } from './migrations/all.ts'
import { explainOpenFailure, explainPostgresFailure } from './open-error.ts'
import type { Handle, Tables } from './tables.ts'
import type { WindowCounters } from './window-counters.ts'

/** What Gatehouse remembers. The repositories beside this file take `db` or a transaction as their first argument. */
export type Store = {
  /**
   * Single statements, each a transaction of its own. Never inside `transaction`: the embedded store has one
   * connection, and the statement would wait for the transaction that waits for it.
   */
  readonly db: Kysely<Tables>
  /**
   * Runs `work` as one transaction: all of it is on the disk when the promise resolves, nothing of it when `work` or the
   * commit fails. Transactions have the effect of running one after the other, on every node. `work` may be run more
   * than once, since PostgreSQL begins a transaction anew that met another: it does nothing but use `tx`, and nothing in
   * it waits for the network.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Reads everything as it is at one moment, however long it takes, while others go on writing. Writes nothing. */
  snapshot<T>(work: (db: Handle) => Promise<T>): Promise<T>
  /** Counts within windows of time, for limits that hold on all nodes together. */
  readonly counters: WindowCounters
  /**
   * Calls `wake` when another process changed something (see `changes.ts`), where the engine can tell; looking now and
   * then is needed all the same. Answers a function that stops.
   */
  listen(wake: () => void): () => Promise<void>
  /** Resolves when the store answers. Throws `store.unavailable` when it does not. */
  check(): Promise<void>
  /** Looks how the store is; the embedded one is read to its end. */
  examine(): Promise<StoreHealth>
  /**
   * Closes the file once the statements and transactions that were asked before are done. Whatever is asked later is
   * refused; closing again changes nothing. Never inside `transaction`, which it would wait for.
   */
  close(): Promise<void>
}

/** Where the store is. */
export type StoreOptions = {
  /** The file of the embedded store (made, with its directory, when it is not there), or the address of a PostgreSQL. */
  readonly at: { readonly file: string } | { readonly postgres: string }
  /**
   * Looks at a store that was there before, before anything is changed in it: what it throws is thrown, and the store
   * stays as it was.
   */
  readonly guard?: (db: Handle) => Promise<void>
}

/**
 * Opens the store and brings its tables up to date. Safe when several processes do so at once.
 *
 * @throws StoreOpenError when the store cannot be opened, is damaged, or was written by a newer version.
 */
export function openStore({ at, guard }: StoreOptions): Promise<Store> {
  return 'file' in at ? openEmbedded(at.file, guard) : openShared(at.postgres, guard)
}

async function openEmbedded(file: string, guard: StoreOptions['guard']): Promise<Store> {
  let database: DatabaseSync | undefined
  try {
    database = openSqliteFile(file)
    const explainDamage = (error: unknown) => explainOpenFailure(file, error)
    const db = new Kysely<Tables>({ dialect: guardedDialect(createSqliteDialect(database), { explainDamage }) })
    await prepare(db, guard, undefined)
    return storeOver(db, {
      transaction: (work) => db.transaction().execute(work),
      snapshot: (work) => sqliteSnapshot(db, work),
      examine: () => examineSqlite(db),
      counters: memoryCounters(),
      listen: () => async () => undefined,
      close: () => closeInTurn(db),
    })
  } catch (error) {
    database?.close()
    throw explainOpenFailure(file, error)
  }
}

async function openShared(url: string, guard: StoreOptions['guard']): Promise<Store> {
  const activity = createActivity()
  const pool = openPostgresPool(url)
  const db = new Kysely<Tables>({ dialect: guardedDialect(createPostgresDialect(pool), { activity }) })
  try {
    await prepare(db, guard, await currentSchema(db))
    await announceChanges(db)
    await prepareCounters(db)
    return storeOver(db, {
      transaction: (work) => inSeries(db, work),
      snapshot: (work) => postgresSnapshot(db, work),
      examine: () => examinePostgres(db),
      counters: postgresCounters(pool),
      listen: (wake) => listenForChanges(url, wake),
      close: async () => {
        // What was asked before has asked for its connection by the next turn of the event loop.
        await setImmediate()
        await activity.settled()
        await db.destroy()
      },
    })
  } catch (error) {
    await db.destroy()
    throw explainPostgresFailure(url, error)
  }
}

/** @param schema where the tables are, on an engine that has schemas: another one may hold another store */
async function prepare(db: Kysely<Tables>, guard: StoreOptions['guard'], schema: string | undefined): Promise<void> {
  if (guard !== undefined && (await isThere(db, schema))) await guard(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/** Was the store made before? */
async function isThere(db: Kysely<Tables>, schema: string | undefined): Promise<boolean> {
  const tables = await db.introspection.getTables()
  return tables.some((table) => table.name === 'node_setting' && (schema === undefined || table.schema === schema))
}

/** How often a transaction that met another is begun anew. Each time, at least one of those that met is through. */
const ATTEMPTS_MAX = 100

/** A transaction as if there were no other (PostgreSQL's `serializable`), begun anew when it met one. */
async function inSeries<T>(db: Kysely<Tables>, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().setIsolationLevel('serializable').execute(work)
    } catch (error) {
      if (!isSerializationFailure(error) || attempt === ATTEMPTS_MAX) throw error
    }
  }
}

/** What is the same for every engine. */
function storeOver(db: Kysely<Tables>, engine: Omit<Store, 'db' | 'check'>): Store {
  let closing: Promise<void> | undefined
  return {
    db,
    ...engine,
    check: () => check(db),
    close: () => {
      closing ??= engine.close()
      return closing
    },
  }
}

async function check(db: Kysely<Tables>): Promise<void> {
  try {
    // A read of a real table: the file is there, is a store and can be read.
    await db.selectFrom('node_setting').select('key').limit(1).execute()
  } catch (cause) {
    if (cause instanceof GatehouseError) throw cause
    throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: 5 }, cause })
  }
}
