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

/** The client of this id, disabled ones included. By primary key; the secret is compared in code, not here. */
export async function findClient(handle: Handle, clientId: string): Promise<Client | undefined> {
  const row = await handle.selectFrom('client').selectAll().where('client_id', '=', clientId).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    clientId: row.client_id,
    // The column holds only what `hashSecret` answered.
    secretHash: row.secret_hash as SecretHash,
    name: row.name,
    database: row.database,
    user: row.uid === null || row.login === null ? undefined : { uid: row.uid, login: row.login },
    api: row.api,
    createdAtMs: row.created_at,
    disabledAtMs: row.disabled_at ?? undefined,
  }
}

/** Shuts a client off. True for the one call that did. */
export async function disableClient(handle: Handle, clientId: string, disabledAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('client')
    .set({ disabled_at: disabledAtMs })
    .where('client_id', '=', clientId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
