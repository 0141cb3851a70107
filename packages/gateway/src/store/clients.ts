import type { SecretHash } from '../kernel/hash.ts'
import type { Handle } from './tables.ts'

/** A program that may ask for tokens with a secret of its own. */
export type Client = {
  readonly clientId: string
  readonly secretHash: SecretHash
  readonly name: string
  readonly database: string
  /** The Odoo user that the client acts as, where it is bound to one. */
  readonly user: { readonly uid: number; readonly login: string } | undefined
  readonly api: string
  readonly createdAtMs: number
  /** When the client was shut off. */
  readonly disabledAtMs: number | undefined
}

/** Adds a client. */
export async function insertClient(handle: Handle, client: Client): Promise<void> {
  await handle
    .insertInto('client')
    .values({
      client_id: client.clientId,
      secret_hash: client.secretHash,
      name: client.name,
      database: client.database,
      uid: client.user?.uid ?? null,
      login: client.user?.login ?? null,
      api: client.api,
      created_at: client.createdAtMs,
      disabled_at: client.disabledAtMs ?? null,
    })
    .execute()
}
