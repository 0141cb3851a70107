import type { Selectable } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import type { ClientTable, Handle } from './tables.ts'
import { readTextList, writeTextList } from './text-list.ts'

/** A program that may ask for tokens with a secret of its own. */
export type Client = {
  readonly clientId: string
  readonly secretHash: SecretHash
  /** The secret before the last change, and how long it is still good. */
  readonly previousSecret: { readonly hash: SecretHash; readonly untilMs: number } | undefined
  readonly secretChangedAtMs: number | undefined
  readonly name: string
  readonly database: string
  /** The Odoo user that the client acts as, where it is bound to one, and what opens Odoo for it. */
  readonly user: ClientUser | undefined
  readonly api: string
  readonly scopes: readonly string[]
  /** Networks that it may be used from; empty for everywhere. */
  readonly addresses: readonly string[]
  readonly createdAtMs: number
  /** When the client was shut off. */
  readonly disabledAtMs: number | undefined
  readonly lastUsedAtMs: number | undefined
  /** Part of the demo, and good on the sandbox alone. */
  readonly forSandbox: boolean
}

/** The Odoo user of a client. */
export type ClientUser = {
  readonly uid: number
  readonly login: string
  readonly odooCredentialId: string | undefined
}

/** Adds a client. */
export async function insertClient(handle: Handle, client: Client): Promise<void> {
  await handle
    .insertInto('client')
    .values({
      client_id: client.clientId,
      secret_hash: client.secretHash,
      previous_secret_hash: client.previousSecret?.hash ?? null,
      previous_secret_until: client.previousSecret?.untilMs ?? null,
      secret_changed_at: client.secretChangedAtMs ?? null,
      name: client.name,
      database: client.database,
      uid: client.user?.uid ?? null,
      login: client.user?.login ?? null,
      odoo_credential_id: client.user?.odooCredentialId ?? null,
      api: client.api,
      scopes: writeTextList(client.scopes),
      addresses: writeTextList(client.addresses),
      created_at: client.createdAtMs,
      disabled_at: client.disabledAtMs ?? null,
      last_used_at: client.lastUsedAtMs ?? null,
      for_sandbox: client.forSandbox ? 1 : 0,
    })
    .execute()
}

/** The client of this id, disabled ones too. By primary key. */
export async function findClient(handle: Handle, clientId: string): Promise<Client | undefined> {
  const row = await handle.selectFrom('client').selectAll().where('client_id', '=', clientId).executeTakeFirst()
  return row === undefined ? undefined : clientOf(row)
}

/** At most `limit` clients, the newest first; of one database, if one is named. */
export async function listClients(
  handle: Handle,
  { database }: { readonly database?: string },
  limit: number,
): Promise<readonly Client[]> {
  let query = handle.selectFrom('client').selectAll()
  if (database !== undefined) query = query.where('database', '=', database)
  const rows = await query.orderBy('created_at', 'desc').orderBy('client_id', 'desc').limit(limit).execute()
  return rows.map(clientOf)
}

/** A new secret, and until when the one before is good as well. */
export type NewClientSecret = {
  readonly hash: SecretHash
  readonly changedAtMs: number
  readonly previousUntilMs: number
}

/** Gives a client a new secret. Of the secrets before, only the last may stay good. False when there is no such client. */
export async function replaceClientSecret(handle: Handle, clientId: string, secret: NewClientSecret): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('client')
    .set(({ ref }) => ({
      previous_secret_hash: ref('secret_hash'),
      previous_secret_until: secret.previousUntilMs,
      secret_hash: secret.hash,
      secret_changed_at: secret.changedAtMs,
    }))
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Binds a client to an Odoo user, in the place of the one before. */
export async function rebindClient(handle: Handle, clientId: string, user: ClientUser): Promise<void> {
  await handle
    .updateTable('client')
    .set({ uid: user.uid, login: user.login, odoo_credential_id: user.odooCredentialId ?? null })
    .where('client_id', '=', clientId)
    .execute()
}

/** Shuts a client off (`disabledAtMs`), or lets it in again. False when it was so already, or is not there. */
export async function setClientDisabled(
  handle: Handle,
  clientId: string,
  disabledAtMs: number | undefined,
): Promise<boolean> {
  const update = handle
    .updateTable('client')
    .set({ disabled_at: disabledAtMs ?? null })
    .where('client_id', '=', clientId)
  const { numUpdatedRows } = await update
    .where('disabled_at', disabledAtMs === undefined ? 'is not' : 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function clientOf(row: Selectable<ClientTable>): Client {
  // The columns of hashes hold only what `hashSecret` answered.
  const previousHash = row.previous_secret_hash as SecretHash | null
  return {
    clientId: row.client_id,
    secretHash: row.secret_hash as SecretHash,
    previousSecret:
      previousHash === null || row.previous_secret_until === null
        ? undefined
        : { hash: previousHash, untilMs: row.previous_secret_until },
    secretChangedAtMs: row.secret_changed_at ?? undefined,
    name: row.name,
    database: row.database,
    user:
      row.uid === null || row.login === null
        ? undefined
        : { uid: row.uid, login: row.login, odooCredentialId: row.odoo_credential_id ?? undefined },
    api: row.api,
    scopes: readTextList(row.scopes),
    addresses: readTextList(row.addresses),
    createdAtMs: row.created_at,
    disabledAtMs: row.disabled_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
    forSandbox: row.for_sandbox === 1,
  }
}
