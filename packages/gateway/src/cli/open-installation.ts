import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import { openStore, type Store, type StoreOptions } from '../store/store.ts'
import { type KeyRing, openKeyRing } from '../tokens/key-ring.ts'
import { checkMasterKey, refuseOtherMasterKey } from '../tokens/master-key-check.ts'
import { createSealer, deriveMasterKey, type Sealer } from '../tokens/sealer.ts'
import { masterKey, masterKeyOfNewStore } from './master-key.ts'
import { StartError } from './start-error.ts'

/** What an installation remembers, and what opens the sealed part of it. */
export type Installation = {
  readonly store: Store
  /** Seals and opens with the keys of the installation. */
  readonly sealer: KeyRing
  /** The master key, under which those keys are. */
  readonly master: Sealer
}

/** Where the store of these settings is. */
export function storePlace({ data, postgres }: Pick<Settings, 'data' | 'postgres'>): StoreOptions['at'] {
  return postgres === undefined ? { file: join(data, 'gatehouse.db') } : { postgres }
}

/** What opening an installation may do. */
export type OpenOptions = {
  /**
   * Make the store file and the master key where there are none. Whatever only looks must not: run in another directory
   * it would leave an installation there that nobody asked for. A store in PostgreSQL is named by its address, and is
   * made in any case.
   */
  readonly mayMake: boolean
}

/**
 * Opens the store that the settings name: PostgreSQL where there is an address, else the file in the data directory. A
 * store of another master key is refused before anything in it is changed.
 *
 * @throws StartError, StoreOpenError, MasterKeyMismatchError: one sentence that says what to do
 */
export async function openInstallation(
  settings: Settings,
  clock: Clock,
  random: Random,
  { mayMake }: OpenOptions,
): Promise<Installation> {
  const master = createSealer({ masterKey: deriveMasterKey(masterKeyFor(settings, random, mayMake)), random })
  const store = await openStore({ at: storePlace(settings), guard: (db) => refuseOtherMasterKey(db, master) })
  try {
    await checkMasterKey(store, master)
    return { store, sealer: await openKeyRing({ store, master, clock, random }), master }
  } catch (error) {
    await store.close()
    throw error
  }
}

function masterKeyFor(settings: Settings, random: Random, mayMake: boolean): string {
  const place = storePlace(settings)
  if ('postgres' in place || existsSync(place.file)) return masterKey(settings)
  if (mayMake) return masterKeyOfNewStore(settings, random)
  throw new StartError(
    `There is no Gatehouse in ${settings.data}: run this in the gateway's directory, or set GATEHOUSE_DATA as it has it.`,
  )
}
