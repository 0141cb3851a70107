import type { JsonObject } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import { noteChange } from './changes.ts'
import type { Handle } from './tables.ts'

/** An API that was set by a command or by the admin API. */
export type StoredApi = {
  readonly database: string
  readonly name: string
  /** As it was given, after it was checked. */
  readonly document: JsonObject
  /** Grows with every change. */
  readonly revision: number
  readonly updatedAtMs: number
  /** Who set it: `owner:ada`, `user:2@production`, `command`. */
  readonly updatedBy: string
}

/** What is written of an API. */
export type ApiChange = Omit<StoredApi, 'revision'>

/** Every stored API, by database and name. */
export async function listStoredApis(handle: Handle): Promise<readonly StoredApi[]> {
  const rows = await handle.selectFrom('api').selectAll().orderBy('database').orderBy('name').execute()
  return rows.map((row) => ({
    database: row.database,
    name: row.name,
    document: readDocument(row.document),
    revision: row.revision,
    updatedAtMs: row.updated_at,
    updatedBy: row.updated_by,
  }))
}

/** Adds an API or takes the place of the one of that name. Every node hears of it. */
export async function putStoredApi(handle: Handle, api: ApiChange): Promise<void> {
  const values = {
    document: JSON.stringify(api.document),
    updated_at: api.updatedAtMs,
    updated_by: api.updatedBy,
  }
  await handle
    .insertInto('api')
    .values({ database: api.database, name: api.name, revision: 1, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['database', 'name'])
        .doUpdateSet(({ eb, ref }) => ({ ...values, revision: eb(ref('api.revision'), '+', 1) })),
    )
    .execute()
  await noteChange(handle, 'apis')
}

/** Removes an API; false when there is none of that name. Every node hears of it. */
export async function deleteStoredApi(handle: Handle, database: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await handle
    .deleteFrom('api')
    .where('database', '=', database)
    .where('name', '=', name)
    .executeTakeFirst()
  if (numDeletedRows > 0n) await noteChange(handle, 'apis')
  return numDeletedRows > 0n
}

function readDocument(text: string): JsonObject {
  const document: unknown = JSON.parse(text)
  if (!isJsonObject(document)) throw new TypeError('An API of the store is no JSON object.')
  return document
}
