import { z } from 'zod'
import { noteChange } from '../store/changes.ts'
import { deleteNodeSetting, findNodeSetting, setNodeSetting } from '../store/node-settings.ts'
import { deleteSealingKeysOfOthers } from '../store/sealing-keys.ts'
import type { Handle } from '../store/tables.ts'
import { copyKeysUnder } from './key-ring.ts'
import { pinMasterKey } from './master-key-check.ts'
import type { Sealer } from './sealer.ts'

/** A change of the master key that is under way: the store opens with both. */
export type MasterKeyChange = {
  /** The id of the master key that was there before. */
  readonly fromId: string
  /** The id of the one that is to stay. */
  readonly toId: string
}

const SETTING = 'master_key_change'

const Kept = z.strictObject({ fromId: z.string(), toId: z.string() })

/** The change that is under way, if there is one. */
export async function findMasterKeyChange(handle: Handle): Promise<MasterKeyChange | undefined> {
  const kept = await findNodeSetting(handle, SETTING)
  return kept === undefined ? undefined : Kept.parse(JSON.parse(kept))
}

/** Lets the store be opened with the new master key, too, and remembers which of the two is the new one. */
export async function beginMasterKeyChange(tx: Handle, master: Sealer, newMaster: Sealer): Promise<number> {
  await setNodeSetting(tx, SETTING, JSON.stringify({ fromId: master.keyId, toId: newMaster.keyId }))
  return copyKeysUnder(tx, master, newMaster)
}

/**
 * Ends a change: what is left is this master key, the new one or, where the change is given up, the one before. Answers
 * how many copies of keys under the other were removed.
 */
export async function endMasterKeyChange(tx: Handle, master: Sealer): Promise<number> {
  await pinMasterKey(tx, master)
  await deleteNodeSetting(tx, SETTING)
  await noteChange(tx, 'master_key')
  return deleteSealingKeysOfOthers(tx, master.keyId)
}
