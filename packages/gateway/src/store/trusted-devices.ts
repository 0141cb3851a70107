import type { SecretHash } from '../kernel/hash.ts'
import type { Handle } from './tables.ts'

/** A device that Odoo asks for no second factor, by the hash of the token that it shows us. */
export type TrustedDeviceRow = {
  readonly hash: SecretHash
  readonly database: string
  readonly uid: number
  /** As Odoo stores it. */
  readonly login: string
  /** What Odoo knows the device by, under the master key. */
  readonly sealed: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** Adds a device. */
export async function insertTrustedDevice(handle: Handle, device: TrustedDeviceRow): Promise<void> {
  await handle
    .insertInto('trusted_device')
    .values({
      hash: device.hash,
      database: device.database,
      uid: device.uid,
      login: device.login,
      sealed: device.sealed,
      created_at: device.createdAtMs,
      expires_at: device.expiresAtMs,
    })
    .execute()
}

/** The device of this token in this database, unless it has expired. By primary key. */
export async function findTrustedDevice(
  handle: Handle,
  { hash, database, nowMs }: { readonly hash: SecretHash; readonly database: string; readonly nowMs: number },
): Promise<TrustedDeviceRow | undefined> {
  const row = await handle
    .selectFrom('trusted_device')
    .selectAll()
    .where('hash', '=', hash)
    .where('database', '=', database)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { uid, login, sealed, created_at: createdAtMs, expires_at: expiresAtMs } = row
  return { hash, database, uid, login, sealed, createdAtMs, expiresAtMs }
}

/** Forgets a device that Odoo trusts no more. */
export async function deleteTrustedDevice(handle: Handle, hash: SecretHash): Promise<void> {
  await handle.deleteFrom('trusted_device').where('hash', '=', hash).execute()
}
