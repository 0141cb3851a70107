/** Primary result codes of SQLite (sqlite.org/rescode.html): busy, locked, I/O error, disk full, cannot open. */
const SQLITE_CODES = new Set([5, 6, 10, 13, 14])

/**
 * Classes and codes of PostgreSQL's errors (appendix A of its manual): connection exceptions, insufficient resources
 * (disk full, too many connections), operator intervention (shutdown, cannot connect now, statement timeout).
 */
const POSTGRES_CODES = /^(?:08|53|57)/

/** Codes of the system's errors on the way to a server. */
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])

/** What `pg` says without a code when a connection breaks or none could be had in time. */
const POSTGRES_SENTENCES =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed/

/** Is it the store that cannot be reached or cannot work now, rather than a statement that is wrong? */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isStoreAway)
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_CODES.has(error.errcode & 0xff)
  if ('code' in error && typeof error.code === 'string') {
    return POSTGRES_CODES.test(error.code) || SYSTEM_CODES.has(error.code)
  }
  return POSTGRES_SENTENCES.test(error.message)
}

/** Does SQLite say that its file is damaged (`SQLITE_CORRUPT`), or none of its own (`SQLITE_NOTADB`)? */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false
  return [11, 26].includes(error.errcode & 0xff)
}

/** PostgreSQL could not put a transaction in a row with the others: it is to be run again, as a whole. */
export function isSerializationFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
}
