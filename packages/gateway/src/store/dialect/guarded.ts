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
import { isStoreAway } from './store-away.ts'

/** How soon a client may try again when the store cannot be reached. */
export const RETRY_AFTER_SECONDS = 5

/**
 * The same dialect, whose failures to reach the store are told as `store.unavailable`: a client then sees 503 with
 * Retry-After, on every surface, instead of a mistake of ours.
 *
 * @param activity counts the connections that are waited for or in use
 */
export function guardedDialect(dialect: Dialect, activity: Activity = createActivity()): Dialect {
  return {
    createAdapter: (): DialectAdapter => dialect.createAdapter(),
    // biome-ignore lint/suspicious/noExplicitAny: the type of kysely's own interface
    createIntrospector: (db: Kysely<any>): DatabaseIntrospector => dialect.createIntrospector(db),
    createQueryCompiler: (): QueryCompiler => dialect.createQueryCompiler(),
    createDriver: () => new GuardedDriver(dialect.createDriver(), activity),
  }
}

class GuardedDriver implements Driver {
  readonly #driver: Driver
  readonly #activity: Activity

  constructor(driver: Driver, activity: Activity) {
    this.#driver = driver
    this.#activity = activity
  }

  init(): Promise<void> {
    return guarded(() => this.#driver.init())
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#activity.begin()
    try {
      return new GuardedConnection(await guarded(() => this.#driver.acquireConnection()))
    } catch (error) {
      this.#activity.end()
      throw error
    }
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return guarded(() => this.#driver.beginTransaction(behind(connection), settings))
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return guarded(() => this.#driver.commitTransaction(behind(connection)))
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return guarded(() => this.#driver.rollbackTransaction(behind(connection)))
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

  constructor(connection: DatabaseConnection) {
    this.connection = connection
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return guarded(() => this.connection.executeQuery<R>(query))
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.connection.streamQuery<R>(query, chunkSize)
  }
}

/** The connection of the driver itself, which is all that it knows. */
function behind(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof GuardedConnection ? connection.connection : connection
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isStoreAway(cause)) throw cause
    throw storeErrors['store.unavailable']({ data: { retryAfterSeconds: RETRY_AFTER_SECONDS }, cause })
  }
}
