import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import { storeErrors } from '../errors.ts'
import { type Activity, createActivity } from './activity.ts'
import { isDamage, isStoreAway } from './store-away.ts'

/** How soon a client may try again when the store cannot be reached. */
export const RETRY_AFTER_SECONDS = 5

/** What a guard is told and tells. */
export type GuardOptions = {
  /** Counts the connections that are waited for or in use. */
  readonly activity?: Activity
  /** Puts what the engine says of a damaged store into a sentence. Default: it stays as it is. */
  readonly explainDamage?: (error: unknown) => unknown
}

/**
 * The same dialect, whose failures to reach the store are told as `store.unavailable`: a client then sees 503 with
 * Retry-After, on every surface, instead of a mistake of ours.
 */
export function guardedDialect(dialect: Dialect, options: GuardOptions = {}): Dialect {
  const { activity = createActivity(), explainDamage = (error) => error } = options
  const guarded: Guard = async (work) => {
    try {
      return await work()
    } catch (cause) {
      if (isDamage(cause)) throw explainDamage(cause)
      if (!isStoreAway(cause)) throw cause
      throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: RETRY_AFTER_SECONDS }, cause })
    }
  }
  return {
    createAdapter: (): DialectAdapter => dialect.createAdapter(),
    // biome-ignore lint/suspicious/noExplicitAny: the type of kysely's own interface
    createIntrospector: (db: Kysely<any>): DatabaseIntrospector => dialect.createIntrospector(db),
    createQueryCompiler: (): QueryCompiler => dialect.createQueryCompiler(),
    createDriver: () => new GuardedDriver(dialect.createDriver(), activity, guarded),
  }
}

/** Runs something and tells its failures in our words. */
type Guard = <T>(work: () => Promise<T>) => Promise<T>

class GuardedDriver implements Driver {
  readonly #driver: Driver
  readonly #activity: Activity
  readonly #guarded: Guard

  constructor(driver: Driver, activity: Activity, guarded: Guard) {
    this.#driver = driver
    this.#activity = activity
    this.#guarded = guarded
  }

  init(): Promise<void> {
    return this.#guarded(() => this.#driver.init())
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#activity.begin()
    try {
      return new GuardedConnection(await this.#guarded(() => this.#driver.acquireConnection()), this.#guarded)
    } catch (error) {
      this.#activity.end()
      throw error
    }
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#guarded(() => this.#driver.beginTransaction(behind(connection), settings))
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#guarded(() => this.#driver.commitTransaction(behind(connection)))
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#guarded(() => this.#driver.rollbackTransaction(behind(connection)))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#driver.releaseConnection(behind(connection))
    this.#activity.end()
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly connection: DatabaseConnection
  readonly #guarded: Guard

  constructor(connection: DatabaseConnection, guarded: Guard) {
    this.connection = connection
    this.#guarded = guarded
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#guarded(() => this.connection.executeQuery<R>(query))
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.connection.streamQuery<R>(query, chunkSize)
  }
}

/** The connection of the driver itself, which is all that it knows. */
function behind(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof GuardedConnection ? connection.connection : connection
}
