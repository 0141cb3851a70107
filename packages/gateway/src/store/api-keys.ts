import type { SecretHash } from '../kernel/hash.ts'
import type { Handle } from './tables.ts'
import { writeTextList } from './text-list.ts'

/** A key that a program sends with every call. The key itself is shown once and never stored. */
export type ApiKey = {
  readonly id: string
  /** The beginning of the key, by which people recognise it. */
  readonly prefix: string
  readonly hash: SecretHash
  readonly name: string
  readonly database: string
  /** The Odoo user that the key acts as. */
  readonly login: string
  readonly api: string
  readonly scopes: readonly string[]
  readonly createdAtMs: number
  readonly expiresAtMs: number | undefined
  readonly revokedAtMs: number | undefined
}

/** Adds a key. */
export async function insertApiKey(handle: Handle, key: ApiKey): Promise<void> {
  await handle
    .insertInto('api_key')
    .values({
      id: key.id,
      prefix: key.prefix,
      hash: key.hash,
      name: key.name,
      database: key.database,
      login: key.login,
      api: key.api,
      scopes: writeTextList(key.scopes),
      created_at: key.createdAtMs,
      expires_at: key.expiresAtMs ?? null,
      revoked_at: key.revokedAtMs ?? null,
    })
    .execute()
}
