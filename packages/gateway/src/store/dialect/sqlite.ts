import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely'
import { LRUCache } from 'lru-cache'
import { makeDirectory } from '../make-directory.ts'

/** How long a statement waits for another process (a backup, the command line) that holds the file. */
const BUSY_TIMEOUT_MS = 5_000

/** Distinct statements kept prepared. The gateway has about fifty. */
const STATEMENTS_MAX = 256

/**
 * Opens a file of the embedded store, made with mode 0600 if it is not there (its directory 0700).
 *
 * Write-ahead log, so that readers of other processes never wait; `synchronous=FULL`, so that what was acknowledged is
 * on the disk. Throws what the file system or SQLite throws; `open-error.ts` puts it into a sentence.
 */
export function openSqliteFile(file: string): DatabaseSync {
  makeDirectory(dirname(file))
  // SQLite would make the file readable for everyone, and would open one that cannot be written without a word.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true })
  try {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** The dialect of the embedded store: kysely's SQLite over the SQLite that Node carries. */
export function createSqliteDialect(database: DatabaseSync): Dialect {
  const prepared = withPreparedStatements(database)
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => new ImmediateDriver({ database: prepared }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/**
 * Closes the file once everything that was asked before is done. By itself kysely closes at once, and a transaction that
 * is under way loses its connection.
 */
export async function closeInTurn<Schema>(db: Kysely<Schema>): Promise<void> {
  // By the next turn of the event loop, all that was asked before stands in kysely's queue for the one connection, and
  // that queue is at rest: who comes at the moment when the connection changes hands gets ahead of those who wait.
  await setImmediate()
  await db.connection().execute(() => db.destroy())
}

/**
 * Takes the write lock when a transaction begins. A plain `begin` takes it at the first write, where SQLite cannot wait
 * for another process without breaking the snapshot and answers "database is locked" instead.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/**
 * SQLite rolls back DDL like anything else. Saying so makes kysely run the migrations in one transaction: a failing one
 * leaves nothing behind, and of two processes that start at once the second finds the work done.
 */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** The shape that kysely knows (better-sqlite3's) over node:sqlite. Each statement is prepared once. */
function withPreparedStatements(database: DatabaseSync): SqliteDatabase {
  const statements = new LRUCache<string, SqliteStatement>({ max: STATEMENTS_MAX })
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known !== undefined) return known
      const statement = adaptStatement(database.prepare(sql))
      statements.set(sql, statement)
      return statement
    },
  }
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    // A statement that has columns answers rows: `select`, `pragma`, and whatever ends in `returning`.
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bind(parameters)),
    run: (parameters) => statement.run(...bind(parameters)),
    iterate: (parameters) => statement.iterate(...bind(parameters)),
  }
}

/** kysely types parameters as unknown; node:sqlite itself throws a TypeError for a value that it cannot bind. */
function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]
}
