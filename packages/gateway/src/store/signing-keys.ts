import type { Selectable } from 'kysely'
import type { JsonObject } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import { noteChange } from './changes.ts'
import type { Handle, SigningKeyTable } from './tables.ts'

/** A key that signs access tokens. What must stay secret of it is under the master key. */
export type SigningKey = {
  /** Of a key pair the thumbprint of the public part (RFC 7638). */
  readonly kid: string
  /** The JWS algorithm that the key is for, and the only one (RFC 7518 §3.1, RFC 8037 §3.1). */
  readonly algorithm: string
  /** Empty for a secret that both sides know. */
  readonly publicJwk: JsonObject
  readonly sealedPrivate: string
  readonly createdAtMs: number
  /** The one API whose tokens it signs; undefined: those of all APIs that have none of their own. */
  readonly of: { readonly database: string; readonly api: string } | undefined
  /** When it stopped to be good for anything. */
  readonly retiredAtMs: number | undefined
}

/** Adds a key. Every node hears of it. */
export async function insertSigningKey(handle: Handle, key: Omit<SigningKey, 'retiredAtMs'>): Promise<void> {
  await handle
    .insertInto('signing_key')
    .values({
      kid: key.kid,
      algorithm: key.algorithm,
      public_jwk: JSON.stringify(key.publicJwk),
      sealed_private: key.sealedPrivate,
      created_at: key.createdAtMs,
      retired_at: null,
      database: key.of?.database ?? null,
      api: key.of?.api ?? null,
    })
    .execute()
  await noteChange(handle, 'signing_keys')
}

/** The keys that are not retired, the newest first (of one instant, by `kid`). */
export async function listSigningKeys(handle: Handle): Promise<readonly SigningKey[]> {
  const rows = await handle
    .selectFrom('signing_key')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute()
  return rows.map(keyOf)
}

/** Every key that there ever was, the newest first. */
export async function listAllSigningKeys(handle: Handle): Promise<readonly SigningKey[]> {
  const rows = await handle.selectFrom('signing_key').selectAll().orderBy('created_at', 'desc').orderBy('kid').execute()
  return rows.map(keyOf)
}

/** Takes a key out of use for good. True for the one call that did. Every node hears of it. */
export async function retireSigningKey(handle: Handle, kid: string, retiredAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('signing_key')
    .set({ retired_at: retiredAtMs })
    .where('kid', '=', kid)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await noteChange(handle, 'signing_keys')
  return numUpdatedRows > 0n
}

function keyOf(row: Selectable<SigningKeyTable>): SigningKey {
  return {
    kid: row.kid,
    algorithm: row.algorithm,
    publicJwk: readJwk(row.public_jwk),
    sealedPrivate: row.sealed_private,
    createdAtMs: row.created_at,
    of: row.database === null || row.api === null ? undefined : { database: row.database, api: row.api },
    retiredAtMs: row.retired_at ?? undefined,
  }
}

function readJwk(text: string): JsonObject {
  const jwk: unknown = JSON.parse(text)
  if (!isJsonObject(jwk)) throw new TypeError('A signing key of the store does not hold a JSON object.')
  return jwk
}
