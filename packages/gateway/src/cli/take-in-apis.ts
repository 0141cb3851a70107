import type { Logger } from 'pino'
import { type GivenApis, loadEffectiveApis } from '../administration/effective-apis.ts'
import { compileApi } from '../policy/compile-api.ts'
import type { LiveApiDirectory } from '../policy/live-api-directory.ts'
import type { Store } from '../store/store.ts'

/** Reads which APIs are in effect now; calls that come from here on see these. */
export async function takeInApis(
  directory: LiveApiDirectory,
  store: Store,
  given: GivenApis,
  log: Logger,
): Promise<void> {
  const { apis, unusable } = await loadEffectiveApis(store.db, given)
  for (const entry of unusable) log.error(entry, 'a stored API cannot be used')
  directory.replace(apis.map(({ api }) => compileApi(api)))
}
