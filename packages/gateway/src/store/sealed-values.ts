import { sql } from 'kysely'
import type { Handle } from './tables.ts'

/**
 * Every place of the store that holds something sealed. What is sealed is bound to table, column and row; a new place
 * belongs here, or it would be left behind when keys are changed.
 */
export const SEALED_PLACES = {
  refresh_token: { column: 'successor_sealed', key: 'hash' },
  odoo_session: { column: 'sealed_session_id', key: 'id' },
  signing_key: { column: 'sealed_private', key: 'kid' },
  odoo_credential: { column: 'sealed_secret', key: 'id' },
  mfa_challenge: { column: 'sealed', key: 'hash' },
  trusted_device: { column: 'sealed', key: 'hash' },
} as const

/** One of the tables that hold something sealed. */
export type SealedTable = keyof typeof SEALED_PLACES

/** A sealed value and the key of its row. */
export type SealedValue = { readonly key: string; readonly sealed: string }

/** What a value is sealed for: table, column and row. */
export function sealPurpose(table: SealedTable, key: string): string {
  return `${table}.${SEALED_PLACES[table].column}:${key}`
}

/** At most `limit` values that are not sealed under the key of this id, in the order of their rows, behind `after`. */
export async function listSealedUnderOthers(
  handle: Handle,
  table: SealedTable,
  { keyId, after, limit }: { readonly keyId: string; readonly after: string; readonly limit: number },
): Promise<readonly SealedValue[]> {
  const { column, key } = SEALED_PLACES[table]
  const [row, sealed] = [sql.ref(key), sql.ref(column)]
  const begin = envelopeBegin(keyId)
  const { rows } = await sql<SealedValue>`
    select ${row} as "key", ${sealed} as "sealed" from ${sql.table(table)}
    where ${sealed} is not null and substr(${sealed}, 1, ${sql.lit(begin.length)}) <> ${begin} and ${row} > ${after}
    order by ${row} limit ${limit}`.execute(handle)
  return rows
}

/** Puts a value in the place of the one that was read; one that has changed since stays. */
export async function replaceSealedValue(
  handle: Handle,
  table: SealedTable,
  { key: rowKey, sealed }: SealedValue,
  anew: string,
): Promise<void> {
  const { column, key } = SEALED_PLACES[table]
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${anew}
    where ${sql.ref(key)} = ${rowKey} and ${sql.ref(column)} = ${sealed}`.execute(handle)
}

/** How everything begins that is sealed under a key (`tokens/sealer.ts`). */
function envelopeBegin(keyId: string): string {
  return `s1.${keyId}.`
}
