import { GatehouseError } from '../kernel/error.ts'

/** Thrown when the store cannot be opened, or turns out to be damaged. The message is one sentence that says what to do. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
}

const REMEDIES = {
  busy: 'is locked by another program: stop the other Gatehouse or the backup that uses it, then start again',
  damaged: 'is damaged or is no store of Gatehouse: move it away and restore a backup, or start with an empty one',
  denied:
    'cannot be read and written: give the user that runs Gatehouse access to it and to its directory, or set GATEHOUSE_DATA to another directory',
  full: 'cannot be written because the disk is full or failing: free some space or check the disk, then start again',
  newer: 'was written by a newer version of Gatehouse: start that version, or restore a backup made by this one',
  noPlace: 'cannot be made: set GATEHOUSE_DATA to a directory that exists or can be created',
} as const

type Remedy = keyof typeof REMEDIES

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const BY_SQLITE_CODE: Readonly<Record<number, Remedy>> = {
  3: 'denied',
  5: 'busy',
  6: 'busy',
  8: 'denied',
  10: 'full',
  11: 'damaged',
  13: 'full',
  14: 'denied',
  23: 'denied',
  26: 'damaged',
}

const BY_SYSTEM_CODE: Readonly<Record<string, Remedy>> = {
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  EIO: 'full',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EISDIR: 'noPlace',
  ENOTDIR: 'noPlace',
  EEXIST: 'noPlace',
  ENOENT: 'noPlace',
  ENAMETOOLONG: 'noPlace',
}

/** Puts what went wrong while the store at `file` was opened into a sentence; what is not known here stays as it is. */
export function explainOpenFailure(file: string, error: unknown): unknown {
  const remedy = remedyFor(error instanceof GatehouseError ? error.cause : error)
  return remedy === undefined ? error : new StoreOpenError(`The store ${file} ${REMEDIES[remedy]}.`, { cause: error })
}

/** What stands in the way to a PostgreSQL, by the codes of its errors and of the system's. */
const POSTGRES_REMEDIES: readonly (readonly [code: RegExp, remedy: string])[] = [
  [
    /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT)$/,
    'cannot be reached: start it, or correct host and port in DATABASE_URL',
  ],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'has a host name that is not known: correct DATABASE_URL'],
  [/^28/, 'refuses user or password: correct DATABASE_URL'],
  [/^3D000$/, 'has no such database: create it, or correct DATABASE_URL'],
  [/^42501$/, 'does not let this user make tables: grant it CREATE on the schema'],
  [/^53/, 'has no connection or no space left: free some, then start again'],
  [/^57P0/, 'is starting or stopping: try again in a moment'],
]

/** The same for a PostgreSQL. The address is told without user and password. */
export function explainPostgresFailure(url: string, error: unknown): unknown {
  const cause = error instanceof GatehouseError ? error.cause : error
  const remedy = postgresRemedy(cause)
  return remedy === undefined ? error : new StoreOpenError(`The PostgreSQL at ${placeOf(url)} ${remedy}.`, { cause })
}

function postgresRemedy(error: unknown): string | undefined {
  if (error instanceof AggregateError) return postgresRemedy(error.errors[0])
  if (!(error instanceof Error)) return undefined
  if (error.message.startsWith('corrupted migrations')) return REMEDIES.newer
  if (/timeout/.test(error.message)) return 'does not answer in time: check host and port in DATABASE_URL'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return POSTGRES_REMEDIES.find(([pattern]) => pattern.test(code))?.[1]
}

/** Host and database of an address. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function remedyFor(error: unknown): Remedy | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return BY_SQLITE_CODE[error.errcode & 0xff]
  if ('code' in error && typeof error.code === 'string') return BY_SYSTEM_CODE[error.code]
  // kysely's Migrator has no error class for a migration that the file has and this version does not.
  return error.message.startsWith('corrupted migrations') ? 'newer' : undefined
}
