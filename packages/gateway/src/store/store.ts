import type { DatabaseSync } from 'node:sqlite'
import { Kysely, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { closeInTurn, createSqliteDialect, openSqliteFile } from './dialect/sqlite.ts'
import { storeErrors } from './errors.ts'
import { migrations } from './migrations/all.ts'
import { explainOpenFailure } from './open-error.ts'
import type { Tables } from './tables.ts'

/** What Gatehouse remembers. The repositories beside this file take `db` or a transaction as their first argument. */
export type Store = {
  /**
   * Single statements, each a transaction of its own. Never inside `transaction`: the embedded store has one
   * connection, and the statement would wait for the transaction that waits for it.
   */
  readonly db: Kysely<Tables>
  /**
   * Runs `work` as one transaction: all of it is on the disk when the promise resolves, nothing of it when `work` or the
   * commit fails. Transactions of one store run one after the other; nothing in them may wait for the network.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Resolves when the store answers. Throws `store.unavailable` when it does not. */
  check(): Promise<void>
  /**
   * Closes the file once the statements and transactions that were asked before are done. Whatever is asked later is
   * refused; closing again changes nothing. Never inside `transaction`, which it would wait for.
   */
  close(): Promise<void>
}

/** Where the store is. */
export type StoreOptions = {
  /** The file of the embedded store; made, with its directory, when it is not there. */
  readonly file: string
}

/**
 * Opens the store and brings its tables up to date. Safe when two processes do so at once.
 *
 * @throws StoreOpenError when the file cannot be opened, is damaged, or was written by a newer version.
 */
export async function openStore({ file }: StoreOptions): Promise<Store> {
  let database: DatabaseSync | undefined
  try {
    database = openSqliteFile(file)
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(database) })
    await migrate(db)
    return storeOver(db, () => closeInTurn(db))
  } catch (error) {
    database?.close()
    throw explainOpenFailure(file, error)
  }
}

/** What is the same for every engine. */
function storeOver(db: Kysely<Tables>, close: () => Promise<void>): Store {
  let closing: Promise<void> | undefined
  return {
    db,
    transaction: (work) => db.transaction().execute(work),
    check: () => check(db),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function check(db: Kysely<Tables>): Promise<void> {
  try {
    // A read of a real table: the file is there, is a store and can be read.
    await db.selectFrom('node_setting').select('key').limit(1).execute()
  } catch (cause) {
    throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: 5 }, cause })
  }
}
