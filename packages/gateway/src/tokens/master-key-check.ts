import { GatehouseError } from '../kernel/error.ts'
import { findNodeSetting, keepNodeSetting, setNodeSetting } from '../store/node-settings.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import { opensKeysOf } from './key-ring.ts'
import type { Sealer } from './sealer.ts'

/** Thrown at start when the store was made with another master key. One sentence that says what to do. */
export class MasterKeyMismatchError extends Error {
  override readonly name = 'MasterKeyMismatchError'
}

const SETTING = 'master_key_check'
const PURPOSE = `node_setting.value:${SETTING}`

/**
 * Makes sure that what the store holds can be opened with this master key, before anything is read or written with it.
 * A new store remembers the key by a sealed check value; an old one is only read.
 *
 * @throws MasterKeyMismatchError when the store was made with another key. Nothing is changed then.
 */
export async function checkMasterKey(store: Store, master: Sealer): Promise<void> {
  await keepNodeSetting(store.db, SETTING, checkValue(master))
  await refuseOtherMasterKey(store.db, master)
}

/** The same for a store that may be older than its tables: only reads, and says nothing of one without a check value. */
export async function refuseOtherMasterKey(handle: Handle, master: Sealer): Promise<void> {
  const kept = await findNodeSetting(handle, SETTING)
  if (kept === undefined || opens(kept, master)) return
  // While the master key is changed, the keys of the store are sealed under both; an older store has no such table.
  if (await opensKeysOf(handle, master).catch(() => false)) return
  throw new MasterKeyMismatchError(
    'The store was made with another master key: start with the GATEHOUSE_SECRET or the master key file that it was made with, or start anew with another GATEHOUSE_DATA or DATABASE_URL.',
  )
}

/** Lets the store be opened with this master key alone from now on. Part of the caller's transaction. */
export async function pinMasterKey(handle: Handle, master: Sealer): Promise<void> {
  await setNodeSetting(handle, SETTING, checkValue(master))
}

function checkValue(master: Sealer): string {
  return master.seal(PURPOSE, master.keyId)
}

function opens(value: string, master: Sealer): boolean {
  try {
    master.open(PURPOSE, value)
    return true
  } catch (cause) {
    if (!(cause instanceof GatehouseError && cause.code === 'sealed.unreadable')) throw cause
    return false
  }
}
