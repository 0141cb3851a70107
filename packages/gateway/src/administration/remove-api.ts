import { deleteStoredApi } from '../store/apis.ts'
import type { Store } from '../store/store.ts'
import type { ApiSource } from './effective-apis.ts'
import { administrationErrors } from './errors.ts'
import { type RecordChangeDeps, recordChange } from './record-change.ts'

/** The API to take away, and where it comes from. */
export type ApiToRemove = { readonly database: string; readonly name: string; readonly source: ApiSource }

/**
 * Takes a stored API away; every node refuses its tokens within seconds.
 *
 * @param by who does it, for the audit trail
 * @throws admin.conflict for one that is not in the store
 */
export async function removeApi(
  { database, name, source }: ApiToRemove,
  by: string,
  deps: RecordChangeDeps & { readonly store: Store },
): Promise<void> {
  if (source === 'settings') {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is set in the settings file: take it out there.`,
    })
  }
  const remove = () =>
    deps.store.transaction(async (tx) => {
      if (!(await deleteStoredApi(tx, database, name))) return false
      await recordChange(tx, { subject: 'api', action: 'removed', by, name, database, api: name }, deps)
      return true
    })
  const removed = source === 'stored' && (await remove())
  if (!removed) {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is part of the demo: set an API of that name with \`gatehouse apply\` to change what it shows.`,
    })
  }
}
