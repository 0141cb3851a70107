import type { Environment } from '../../config/environment.ts'
import type { Settings } from '../../config/settings.ts'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import { type Random, systemRandom } from '../../kernel/random.ts'
import type { Store } from '../../store/store.ts'
import type { KeyRing } from '../../tokens/key-ring.ts'
import type { Sealer } from '../../tokens/sealer.ts'
import { type OpenOptions, openInstallation } from '../open-installation.ts'
import { readSettings } from '../read-settings.ts'

/** What a command works on: the installation that the settings name, whether its gateway runs or not. */
export type Node = {
  readonly settings: Settings
  readonly store: Store
  readonly sealer: KeyRing
  readonly master: Sealer
  readonly clock: Clock
  readonly random: Random
  close(): Promise<void>
}

/**
 * Opens the installation beside a gateway that may be running: both engines let several processes in.
 *
 * @throws SettingsError, StartError, StoreOpenError, MasterKeyMismatchError: sentences that say what to do
 */
export async function openNode(environment: Environment, options: OpenOptions): Promise<Node> {
  const settings = readSettings(environment)
  const { store, sealer, master } = await openInstallation(settings, systemClock, systemRandom, options)
  return { settings, store, sealer, master, clock: systemClock, random: systemRandom, close: () => store.close() }
}
