import type { JsonObject } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import type { Handle } from './tables.ts'

/** A key that signs access tokens. The private part is under the master key. */
export type SigningKey = {
  /** The thumbprint of the public part (RFC 7638). */
  readonly kid: string
  /** The JWS algorithm that the key is for, and the only one (RFC 7518 §3.1, RFC 8037 §3.1). */
  readonly algorithm: string
  readonly publicJwk: JsonObject
  readonly sealedPrivate: string
  readonly createdAtMs: number
}

/** Adds a key. */
export async function insertSigningKey(handle: Handle, key: SigningKey): Promise<void> {
  await handle
    .insertInto('signing_key')
    .values({
      kid: key.kid,
      algorithm: key.algorithm,
      public_jwk: JSON.stringify(key.publicJwk),
      sealed_private: key.sealedPrivate,
      created_at: key.createdAtMs,
      retired_at: null,
    })
    .execute()
}

/** The keys that are not retired, the newest first (of one instant, by `kid`): the first signs. Read once, at start. */
export async function listSigningKeys(handle: Handle): Promise<readonly SigningKey[]> {
  const rows = await handle
    .selectFrom('signing_key')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute()
  return rows.map((row) => ({
    kid: row.kid,
    algorithm: row.algorithm,
    publicJwk: readJwk(row.public_jwk),
    sealedPrivate: row.sealed_private,
    createdAtMs: row.created_at,
  }))
}

function readJwk(text: string): JsonObject {
  const jwk: unknown = JSON.parse(text)
  if (!isJsonObject(jwk)) throw new TypeError('A signing key of the store does not hold a JSON object.')
  return jwk
}
