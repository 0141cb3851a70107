import type { Selectable } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import type { ApiKeyTable, Handle } from './tables.ts'
import { readTextList, writeTextList } from './text-list.ts'

/** A key that a program sends with every call. The key itself is shown once and never stored. */
export type ApiKey = {
  readonly id: string
  /** The beginning of the key, by which people recognise it. */
  readonly prefix: string
  readonly hash: SecretHash
  readonly name: string
  readonly database: string
  /** The Odoo user that the key acts as. */
  readonly uid: number
  readonly login: string
  readonly api: string
  readonly scopes: readonly string[]
  /** Networks that it may be used from (`10.0.0.0/8`, `2001:db8::/32`); empty for everywhere. */
  readonly addresses: readonly string[]
  /** What opens Odoo for it. */
  readonly odooCredentialId: string
  /** The grant that the calls with this key belong to: one as long as the key lives. */
  readonly grantId: string
  readonly createdAtMs: number
  readonly expiresAtMs: number | undefined
  readonly revokedAtMs: number | undefined
  /** To the minute. */
  readonly lastUsedAtMs: number | undefined
  readonly lastUsedAddress: string | undefined
  /** Part of the demo, and good on the sandbox alone. */
  readonly forSandbox: boolean
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
      uid: key.uid,
      login: key.login,
      api: key.api,
      scopes: writeTextList(key.scopes),
      addresses: writeTextList(key.addresses),
      odoo_credential_id: key.odooCredentialId,
      grant_id: key.grantId,
      created_at: key.createdAtMs,
      expires_at: key.expiresAtMs ?? null,
      revoked_at: key.revokedAtMs ?? null,
      last_used_at: key.lastUsedAtMs ?? null,
      last_used_address: key.lastUsedAddress ?? null,
      for_sandbox: key.forSandbox ? 1 : 0,
    })
    .execute()
}

/** The key of this hash, whatever became of it. By a unique index. */
export async function findApiKeyByHash(handle: Handle, hash: SecretHash): Promise<ApiKey | undefined> {
  const row = await handle.selectFrom('api_key').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row === undefined ? undefined : apiKeyOf(row)
}

/** The keys that a person may mean by an id or a prefix, revoked ones too. */
export async function findApiKeysNamed(handle: Handle, idOrPrefix: string): Promise<readonly ApiKey[]> {
  const rows = await handle
    .selectFrom('api_key')
    .selectAll()
    .where((where) => where.or([where('id', '=', idOrPrefix), where('prefix', '=', idOrPrefix)]))
    .execute()
  return rows.map(apiKeyOf)
}

/** What to list; a member that is left out asks for all. */
export type ApiKeyFilter = { readonly database?: string; readonly login?: string; readonly api?: string }

/** At most `limit` keys, revoked ones too, the newest first. */
export async function listApiKeys(handle: Handle, filter: ApiKeyFilter, limit: number): Promise<readonly ApiKey[]> {
  let query = handle.selectFrom('api_key').selectAll()
  if (filter.database !== undefined) query = query.where('database', '=', filter.database)
  if (filter.login !== undefined) query = query.where('login', '=', filter.login)
  if (filter.api !== undefined) query = query.where('api', '=', filter.api)
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(apiKeyOf)
}

/** Revokes a key. True for the one call that did. */
export async function revokeApiKey(handle: Handle, id: string, revokedAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('api_key')
    .set({ revoked_at: revokedAtMs })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Writes down that a key was used, unless that was done within the minute before, here or on another node. */
export async function noteApiKeyUse(
  handle: Handle,
  id: string,
  use: { readonly atMs: number; readonly address: string },
): Promise<void> {
  await handle
    .updateTable('api_key')
    .set({ last_used_at: use.atMs, last_used_address: use.address })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<=', use.atMs - MINUTE_MS)]))
    .execute()
}

const MINUTE_MS = 60_000

/** Gives a key another credential, and with it, for a key of the demo, another grant. */
export async function rebindApiKey(
  handle: Handle,
  id: string,
  to: { readonly uid: number; readonly odooCredentialId: string; readonly grantId: string },
): Promise<void> {
  await handle
    .updateTable('api_key')
    .set({ uid: to.uid, odoo_credential_id: to.odooCredentialId, grant_id: to.grantId })
    .where('id', '=', id)
    .execute()
}

function apiKeyOf(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    prefix: row.prefix,
    // The column holds only what `hashSecret` answered.
    hash: row.hash as SecretHash,
    name: row.name,
    database: row.database,
    // A key of a version before keys were bound names nobody: its credential and its grant are not there.
    uid: row.uid ?? 0,
    login: row.login,
    api: row.api,
    scopes: readTextList(row.scopes),
    addresses: readTextList(row.addresses),
    odooCredentialId: row.odoo_credential_id ?? '',
    grantId: row.grant_id ?? '',
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at ?? undefined,
    revokedAtMs: row.revoked_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
    lastUsedAddress: row.last_used_address ?? undefined,
    forSandbox: row.for_sandbox === 1,
  }
}
