import { randomBytes } from 'node:crypto'
import { installedAccess, installedRules } from './access/installed-rights.ts'
import { type Addons, joinAddons } from './addons/addons.ts'
import { tellOwnUrl } from './addons/ir/own-url.ts'
import { SANDBOX_TOTP_SECRET, SANDBOX_USERS } from './demo/demo-users.ts'
import { loadDemo } from './demo/load-demo.ts'
import type { Engine } from './engine/contract.ts'
import { type FaultDesk, openFaultDesk } from './http/faults/fault-desk.ts'
import { listen } from './http/server.ts'
import { type MissingMethod, tellMissing } from './rpc/missing-methods.ts'
import { buildSchema } from './schema/build-schema.ts'
import { emptyModels, readInstallation } from './schema/installation.ts'
import { readDemoRecords, readModelFacts } from './schema/read-facts.ts'
import { createTables } from './sql/create-tables.ts'
import { openDatabase } from './sql/database.ts'
import { sql } from './sql/sql-text.ts'
import { complaintAbout } from './start-options.ts'
import { type OdooVersion, VERSIONS } from './version/odoo-version.ts'

export type { MissingMethod } from './rpc/missing-methods.ts'
export type { OdooVersion } from './version/odoo-version.ts'
export { SANDBOX_TOTP_SECRET, SANDBOX_USERS }

/** How a sandbox is started. */
export type SandboxOptions = {
  /** The release that it looks like; default 18. */
  readonly odooVersion?: OdooVersion
  /** File of its records, for one sandbox at a time; what is in it already is kept. Default `:memory:`. */
  readonly file?: string
  /** Loopback only: the passwords are published. Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Name of its one database, letters, digits, `_`, `.` and `-`; default `demo`. */
  readonly database?: string
  /** Base32 secret of the user `totp`, for a sandbox that is not filled yet; default `SANDBOX_TOTP_SECRET`. */
  readonly totpSecret?: string
  /** May clients list the database and see the database manager? Odoo's setting list_db; default true. */
  readonly listsDatabases?: boolean
  /**
   * Opens `/sandbox/faults`, where tests ask for faults: slow answers, dropped connections, sessions that end, error pages
   * (README.md, Faults on demand). Whoever reaches the sandbox may ask. Default false.
   */
  readonly faults?: boolean
  /** Milliseconds since 1970-01-01T00:00:00Z; default the machine's clock. */
  readonly nowMs?: () => number
  /**
   * Told of every error that is none of Odoo's: a mistake of the sandbox, which its client sees as a RuntimeError or a
   * 500 page without a word about it. It must not throw. Default: nobody is told.
   */
  readonly onMistake?: (error: unknown) => void
  /**
   * Told, once for each, of the methods that clients call and that a real Odoo has and the sandbox has not: to its client
   * both look like Odoo's refusal of a method that nobody has. It must not throw. Default: nobody is told.
   */
  readonly onMissing?: (missing: MissingMethod) => void
}

/** A running sandbox. */
export type Sandbox = {
  /** Its address, without a slash at the end. */
  readonly url: string
  readonly database: string
  /** Base32 secret of the user `totp`, as its records have it; empty when the user has no second factor any more. */
  readonly totpSecret: string
  close(): Promise<void>
}

/**
 * Starts a look-alike of an Odoo server with demonstration data. It listens when the promise is fulfilled.
 *
 * @throws RangeError for a version that there is not, an address that is not loopback, and a name that no database has;
 *   FileInUse for a file that another sandbox has; the system's error for a port that is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, database = 'demo', odooVersion = 18 } = options
  const complaint = complaintAbout({ odooVersion, host, database })
  if (complaint !== undefined) throw new RangeError(complaint)
  const desk = options.faults === true ? openFaultDesk() : undefined
  const engine = openEngine(options, odooVersion, database, desk)
  try {
    const server = await listen(engine, { host, port, desk })
    tellOwnUrl(engine, server.url)
    return {
      url: server.url,
      database,
      totpSecret: totpSecretOf(engine),
      async close() {
        await server.close()
        engine.db.close()
      },
    }
  } catch (error) {
    engine.db.close()
    throw error
  }
}

function openEngine(
  options: SandboxOptions,
  odooVersion: OdooVersion,
  database: string,
  desk: FaultDesk | undefined,
): Engine {
  const version = VERSIONS[odooVersion]
  const { folders, rows, fills, ...addons } = joinAddons()
  const facts = readModelFacts(odooVersion, folders)
  const known = new Set(facts.map(({ model }) => model))
  const installation = readInstallation(odooVersion)
  const schema = buildSchema([...facts, ...emptyModels(installation, known)], rows)
  const access = installedAccess(installation, addons.access)
  const rules = installedRules(installation, addons.rules, known)
  const db = openDatabase(options.file ?? ':memory:')
  const { nowMs = Date.now, onMistake = () => undefined, onMissing = () => undefined, listsDatabases = true } = options
  const onUnknownMethod = tellMissing(odooVersion, onMissing)
  const formSecret = randomBytes(32)
  const rotatesSessionsMs = () => desk?.rotatesSessionsMs() ?? version.rotatesSessionsMs
  const told = { onMistake, onUnknownMethod }
  const own = { database, listsDatabases, rotatesSessionsMs, formSecret, nowMs, randomBytes, ...told }
  const engine: Engine = { db, schema, version, ...addons, access, rules, installation, ...own }
  try {
    fill(engine, folders, options.totpSecret ?? SANDBOX_TOTP_SECRET, fills)
    return engine
  } catch (error) {
    db.close()
    throw error
  }
}

/** Grows with every change of the tables: a file of another make is refused, not misread. */
const TABLES_MAKE = 2

/** Fills an empty database; takes over a file that this version of the sandbox filled before. */
function fill(engine: Engine, folders: readonly string[], totpSecret: string, fills: Addons['fills']): void {
  const mark = engine.version.version * 1000 + TABLES_MAKE
  const found = Number(engine.db.get(sql`PRAGMA user_version`)?.user_version ?? 0)
  if (found === mark) return
  refuseForeign(engine, found)
  // All or nothing: a start that was cut off leaves an empty file behind, not half of the records.
  engine.db.transaction(() => {
    engine.db.script(createTables(engine.schema))
    loadDemo(engine, readDemoRecords(engine.version.version, folders), totpSecret)
    for (const fillMore of fills) fillMore(engine)
    engine.db.script(`PRAGMA user_version = ${mark}`)
  })
}

/** A file that something else filled is left as it is: it may be somebody's. */
function refuseForeign({ db, version }: Engine, mark: number): void {
  const tables = db.get(sql`SELECT count(*) AS "count" FROM sqlite_schema`)
  if (mark === 0 && tables?.count === 0) return
  const filledAs = Math.floor(mark / 1000)
  if (!Object.hasOwn(VERSIONS, filledAs)) throw new Error('the file is a database of something else')
  const whose =
    filledAs === version.version ? 'another make of the sandbox' : `Odoo ${filledAs}, not ${version.version}`
  throw new Error(`the file holds records of ${whose}`)
}

function totpSecretOf(engine: Engine): string {
  const row = engine.db.get(sql`
    SELECT c.totp_secret FROM sandbox_credential AS c JOIN res_users AS u ON u.id = c.user_id WHERE u.login = 'totp'`)
  return typeof row?.totp_secret === 'string' ? row.totp_secret : ''
}
