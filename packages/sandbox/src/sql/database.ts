import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { databaseError } from '../fault/odoo-fault.ts'
import { dateGroup } from '../time/date-group.ts'
import type { Sql, SqlValue } from './sql-text.ts'

/** One row, by column name. */
export type Row = Readonly<Record<string, SqlValue>>

/** The sandbox's records. Synchronous: a call runs from its first statement to its commit without a gap. */
export type Database = {
  all(query: Sql): Row[]
  get(query: Sql): Row | undefined
  /** Runs a statement; answers the id of a row it inserted. */
  run(statement: Sql): number
  /** Runs a script of the program's own, without parameters. */
  script(text: string): void
  /** All of `work` or nothing of it. Not to be nested. */
  transaction<T>(work: () => T): T
  /**
   * The same within a transaction, and to be nested; after `undo` nothing of it is left, although it succeeded. An error
   * undoes it as well.
   */
  savepoint<T>(work: (undo: () => void) => T): T
  /** Grows with every statement that writes; what is cached from rows is stale when it has grown. */
  readonly writes: number
  close(): void
}

const STATEMENTS_MAX = 400

/**
 * Opens the database in a file, or in memory for `:memory:`. The file is held until it is closed: two sandboxes on one
 * file would not see each other's caches, and one would wait for the other in the middle of a call.
 *
 * @throws FileInUse when somebody else has the file
 */
export function openDatabase(file: string): Database {
  const sqlite = openAlone(file)
  addDateFunction(sqlite)
  const statements = new Map<string, StatementSync>()
  let writes = 0

  function prepare(text: string): StatementSync {
    const known = statements.get(text)
    if (known !== undefined) return known
    const statement = prepared(sqlite, text)
    // The oldest goes first: texts of one-off domains must not push the store to any size.
    const oldest = statements.keys().next()
    if (statements.size >= STATEMENTS_MAX && !oldest.done) statements.delete(oldest.value)
    statements.set(text, statement)
    return statement
  }

  return {
    get writes() {
      return writes
    },
    all: (query) => rows(prepare(query.text).all(...query.params)),
    get: (query) => rows([prepare(query.text).get(...query.params)])[0],
    run(statement) {
      writes += 1
      return Number(prepare(statement.text).run(...statement.params).lastInsertRowid)
    },
    script: (text) => sqlite.exec(text),
    transaction(work) {
      sqlite.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        sqlite.exec('COMMIT')
        return result
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
        // What was cached from rows that are gone now is stale, too.
        writes += 1
        throw error
      }
    },
    savepoint(work) {
      let undone = false
      sqlite.exec('SAVEPOINT step')
      try {
        return work(() => {
          undone = true
        })
      } catch (error) {
        undone = true
        throw error
      } finally {
        // A name may be given twice; the youngest one is meant.
        if (undone) sqlite.exec('ROLLBACK TO step')
        if (undone) writes += 1
        sqlite.exec('RELEASE step')
      }
    },
    close: () => sqlite.close(),
  }
}

/** A file that another sandbox, or another program, has open. `code` is the system's for a thing in use. */
export class FileInUse extends Error {
  override readonly name = 'FileInUse'
  readonly code = 'EBUSY'
}

/** SQLite's code for a lock that somebody else has (`SQLITE_BUSY`). */
const BUSY = 5

function openAlone(file: string): DatabaseSync {
  const sqlite = new DatabaseSync(file)
  try {
    sqlite.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL')
    // The lock is taken with the first write, and kept.
    sqlite.exec('BEGIN EXCLUSIVE; COMMIT; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY')
    return sqlite
  } catch (cause) {
    sqlite.close()
    const busy = cause instanceof Error && 'errcode' in cause && cause.errcode === BUSY
    throw busy ? new FileInUse('another sandbox or program has the file open', { cause }) : cause
  }
}

/**
 * Prepares a statement. One that is too long for SQLite answers as PostgreSQL does for one that is too deep; any other
 * that cannot be prepared is a mistake of the sandbox.
 */
function prepared(sqlite: DatabaseSync, text: string): StatementSync {
  try {
    return sqlite.prepare(text)
  } catch (error) {
    if (!(error instanceof Error) || !TOO_LONG.test(error.message)) throw error
    throw databaseError('StatementTooComplex', 'stack depth limit exceeded\n')
  }
}

/** The words of sqlite3.c for SQLITE_LIMIT_VARIABLE_NUMBER, _EXPR_DEPTH, _COLUMN and _LENGTH, and for its parser's stack. */
const TOO_LONG = /too many (SQL variables|terms|columns)|Expression tree is too large|too big|parser stack overflow/

/** The driver types a value as any SQLite kind; the sandbox stores no blobs and reads no big integers. */
function rows(found: readonly unknown[]): Row[] {
  return found as Row[]
}

/** SQLite knows no time zones, and no weeks that begin on a Sunday. */
function addDateFunction(sqlite: DatabaseSync): void {
  sqlite.function('date_group', { deterministic: true }, (value, granularity, zone, firstDay) =>
    dateGroup(value, String(granularity), typeof zone === 'string' ? zone : undefined, Number(firstDay)),
  )
}
