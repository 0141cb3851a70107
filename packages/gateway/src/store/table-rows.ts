import { sql } from 'kysely'
import { noteChange, TOPICS } from './changes.ts'
import type { Handle, Tables } from './tables.ts'

/** A name of a table. */
export type TableName = keyof Tables

/** A row as SQL holds it, the same on every engine: numbers, texts and nothing. */
export type TableRow = { readonly [column: string]: string | number | null }

/**
 * The primary key of each table that a backup holds, in an order in which no row comes before one that it refers to.
 * `undefined`: what is in it is about the nodes that run now.
 */
const KEYS: { readonly [Table in TableName]: readonly (keyof Tables[Table] & string)[] | undefined } = {
  node_setting: ['key'],
  topic_revision: undefined,
  sealing_key: ['id', 'master_id'],
  signing_key: ['kid'],
  odoo_session: ['id'],
  odoo_credential: ['id'],
  grant: ['id'],
  refresh_token: ['hash'],
  client: ['client_id'],
  api_key: ['id'],
  api: ['database', 'name'],
  owner: ['id'],
  owner_token: ['hash'],
  mfa_challenge: ['hash'],
  trusted_device: ['hash'],
  known_address: ['database', 'login', 'address'],
  audit_event: ['id'],
}

/** The tables of a backup. */
export const TABLES_KEPT: readonly TableName[] = (Object.keys(KEYS) as TableName[]).filter(
  (table) => KEYS[table] !== undefined,
)

/** Tables whose rows were made by people or their programs: where all of them are empty, nothing is lost. */
const TABLES_OF_USERS: readonly TableName[] = ['grant', 'client', 'api_key', 'api', 'owner', 'odoo_credential']

/** Rows read at once, and written at once. */
const BATCH = 500

/** Every row of a table, some hundred at a time, by its key. */
export async function* readRows(handle: Handle, table: TableName): AsyncGenerator<readonly TableRow[]> {
  const key = keyOf(table).map((column) => sql.ref(column))
  const columns = sql.join(key)
  let last: TableRow | undefined
  while (true) {
    const after = last
    const behind =
      after === undefined
        ? sql`true`
        : sql`(${columns}) > (${sql.join(keyOf(table).map((column) => after[column] ?? null))})`
    const { rows } = await sql<TableRow>`
      select * from ${sql.table(table)} where ${behind} order by ${columns} limit ${sql.lit(BATCH)}`.execute(handle)
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < BATCH) return
  }
}

/** Adds rows as they were read. A column that the table does not have fails. */
export async function insertRows(tx: Handle, table: TableName, rows: readonly TableRow[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const names = Object.keys(first)
  const columns = sql.join(names.map((name) => sql.ref(name)))
  for (let from = 0; from < rows.length; from += BATCH) {
    const values = rows
      .slice(from, from + BATCH)
      .map((row) => sql`(${sql.join(names.map((name) => row[name] ?? null))})`)
    await sql`insert into ${sql.table(table)} (${columns}) values ${sql.join(values)}`.execute(tx)
  }
}

/** Removes every row that a backup would hold, and has every node look at everything anew. */
export async function emptyTables(tx: Handle): Promise<void> {
  for (const table of TABLES_KEPT.toReversed()) await sql`delete from ${sql.table(table)}`.execute(tx)
  for (const topic of TOPICS) await noteChange(tx, topic)
}

/** Tables that hold what people or their programs made, and how many rows. */
export async function countRowsOfUsers(handle: Handle): Promise<ReadonlyMap<TableName, number>> {
  const counts = new Map<TableName, number>()
  for (const table of TABLES_OF_USERS) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(handle)
    const count = Number(rows[0]?.count ?? 0)
    if (count > 0) counts.set(table, count)
  }
  return counts
}

/** The migrations that made the tables, in their order. */
export async function listMigrations(handle: Handle): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(handle)
  return rows.map(({ name }) => name)
}

function keyOf(table: TableName): readonly string[] {
  const key = KEYS[table]
  if (key === undefined) throw new TypeError(`No backup holds the table ${table}.`)
  return key
}
