import { deleteStoredApi } from '../store/apis.ts'
import type { Store } from '../store/store.ts'
import type { ApiSource } from './effective-apis.ts'
import { administrationErrors } from './errors.ts'

/** The API to take away, and where it comes from. */
export type ApiToRemove = { readonly database: string; readonly name: string; readonly source: ApiSource }

/**
 * Takes a stored API away; every node refuses its tokens within seconds.
 *
 * @throws admin.conflict for one that is not in the store
 */
export async function removeApi({ database, name, source }: ApiToRemove, store: Store): Promise<void> {
  if (source === 'settings') {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is set in the settings file: take it out there.`,
    })
  }
  const removed = source === 'stored' && (await store.transaction((tx) => deleteStoredApi(tx, database, name)))
  if (!removed) {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is part of the demo: set an API of that name with \`gatehouse apply\` to change what it shows.`,
    })
  }
}
