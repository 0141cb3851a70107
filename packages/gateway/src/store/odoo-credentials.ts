import type { Selectable } from 'kysely'
import type { Handle, OdooCredentialTable } from './tables.ts'

/**
 * How a key or a client acts as an Odoo user: with a password that opens web sessions, with an API key of Odoo, or not
 * yet (`none`: a way of its own has to be set up first).
 */
export const CREDENTIAL_KINDS = ['password', 'odoo_api_key', 'none'] as const

/** One of the closed set of kinds. */
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number]

/** A credential in the vault. */
export type OdooCredential = {
  readonly id: string
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly kind: CredentialKind
  /** The password or key under the sealer; undefined for `none`. */
  readonly sealedSecret: string | undefined
  /** The session that it has opened last, for `password`. */
  readonly odooSessionId: string | undefined
  readonly createdAtMs: number
  /** When Odoo took it, last of all when it was stored. */
  readonly checkedAtMs: number
  /** When Odoo refused it: it is not tried again. */
  readonly failedAtMs: number | undefined
}

/** Adds a credential. Its session, if it has one, must be in the store. */
export async function insertOdooCredential(handle: Handle, credential: OdooCredential): Promise<void> {
  await handle
    .insertInto('odoo_credential')
    .values({
      id: credential.id,
      database: credential.database,
      uid: credential.uid,
      login: credential.login,
      kind: credential.kind,
      sealed_secret: credential.sealedSecret ?? null,
      odoo_session_id: credential.odooSessionId ?? null,
      created_at: credential.createdAtMs,
      checked_at: credential.checkedAtMs,
      failed_at: credential.failedAtMs ?? null,
    })
    .execute()
}

/** The credential of this id. By primary key. */
export async function findOdooCredential(handle: Handle, id: string): Promise<OdooCredential | undefined> {
  const row = await handle.selectFrom('odoo_credential').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : credentialOf(row)
}

/** At most `limit` credentials of a database that Odoo has not refused, those that were checked last before others. */
export async function listUsableOdooCredentials(
  handle: Handle,
  database: string,
  limit: number,
): Promise<readonly OdooCredential[]> {
  const rows = await handle
    .selectFrom('odoo_credential')
    .selectAll()
    .where('database', '=', database)
    .where('failed_at', 'is', null)
    .where('sealed_secret', 'is not', null)
    .orderBy('checked_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(credentialOf)
}

/**
 * Puts a session that was just opened in the place of the one that was read before. False when another node was first:
 * the caller then takes that node's session and logs its own out.
 */
export async function replaceCredentialSession(
  handle: Handle,
  { id, before, after }: { readonly id: string; readonly before: string | undefined; readonly after: string },
): Promise<boolean> {
  // Compare and set: two nodes that saw the session end open one each, and one of them is kept.
  const update = handle.updateTable('odoo_credential').set({ odoo_session_id: after }).where('id', '=', id)
  const { numUpdatedRows } = await (before === undefined
    ? update.where('odoo_session_id', 'is', null)
    : update.where('odoo_session_id', '=', before)
  ).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Says that Odoo has refused a credential. True for the one call that did: a second one changes nothing. */
export async function failOdooCredential(handle: Handle, id: string, failedAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable('odoo_credential')
    .set({ failed_at: failedAtMs })
    .where('id', '=', id)
    .where('failed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets a credential, secret and all. */
export async function deleteOdooCredential(handle: Handle, id: string): Promise<void> {
  await handle.deleteFrom('odoo_credential').where('id', '=', id).execute()
}

function credentialOf(row: Selectable<OdooCredentialTable>): OdooCredential {
  return {
    id: row.id,
    database: row.database,
    uid: row.uid,
    login: row.login,
    kind: kindOf(row.kind),
    sealedSecret: row.sealed_secret ?? undefined,
    odooSessionId: row.odoo_session_id ?? undefined,
    createdAtMs: row.created_at,
    checkedAtMs: row.checked_at,
    failedAtMs: row.failed_at ?? undefined,
  }
}

function kindOf(text: string): CredentialKind {
  const kind = CREDENTIAL_KINDS.find((one) => one === text)
  if (kind === undefined) throw new TypeError('A credential of the store is of an unknown kind.')
  return kind
}
