import { noteChange } from './changes.ts'
import type { Handle } from './tables.ts'

/** A key that seals what Gatehouse must be able to read again; itself sealed under a master key. */
export type SealingKey = {
  readonly id: string
  /** The master key that it is sealed under. */
  readonly masterId: string
  readonly sealedKey: string
  readonly createdAtMs: number
  /** From when on it seals. Every node has heard of it by then. */
  readonly activeAtMs: number
}

/** Adds a key, or a copy of one under another master key. Every node hears of it. */
export async function insertSealingKey(handle: Handle, key: SealingKey): Promise<void> {
  await handle
    .insertInto('sealing_key')
    .values({
      id: key.id,
      master_id: key.masterId,
      sealed_key: key.sealedKey,
      created_at: key.createdAtMs,
      active_at: key.activeAtMs,
    })
    .onConflict((conflict) => conflict.columns(['id', 'master_id']).doNothing())
    .execute()
  await noteChange(handle, 'master_key')
}

/** Every key, the newest first. */
export async function listSealingKeys(handle: Handle): Promise<readonly SealingKey[]> {
  const rows = await handle
    .selectFrom('sealing_key')
    .selectAll()
    .orderBy('active_at', 'desc')
    .orderBy('id')
    .orderBy('master_id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    masterId: row.master_id,
    sealedKey: row.sealed_key,
    createdAtMs: row.created_at,
    activeAtMs: row.active_at,
  }))
}

/** Removes the copies that are sealed under other master keys than this one. Answers how many. */
export async function deleteSealingKeysOfOthers(handle: Handle, masterId: string): Promise<number> {
  const { numDeletedRows } = await handle
    .deleteFrom('sealing_key')
    .where('master_id', '<>', masterId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
