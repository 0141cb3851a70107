import { GatehouseError } from '../kernel/error.ts'
import { findNodeSetting, keepNodeSetting } from '../store/node-settings.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
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
export async function checkMasterKey(store: Store, sealer: Sealer): Promise<void> {
  await keepNodeSetting(store.db, SETTING, sealer.seal(PURPOSE, sealer.keyId))
  await refuseOtherMasterKey(store.db, sealer)
}

/** The same for a store that may be older than its tables: only reads, and says nothing of one without a check value. */
export async function refuseOtherMasterKey(handle: Handle, sealer: Sealer): Promise<void> {
  const checkValue = await findNodeSetting(handle, SETTING)
  if (checkValue === undefined) return
  try {
    sealer.open(PURPOSE, checkValue)
  } catch (cause) {
    if (!(cause instanceof GatehouseError && cause.code === 'sealed.unreadable')) throw cause
    throw new MasterKeyMismatchError(
      'The store was made with another master key: start with the GATEHOUSE_SECRET or the master key file that it was made with, or move the data directory away to start anew.',
      { cause },
    )
  }
}
