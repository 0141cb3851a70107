import { deleteStoredApi } from '../store/apis.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
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
  api: ApiToRemove,
  by: string,
  deps: RecordChangeDeps & { readonly store: Store },
): Promise<void> {
  await deps.store.transaction((tx) => removeApiWithin(tx, api, by, deps))
}

/** The same as a part of a transaction that looks at something before. */
export async function removeApiWithin(
  tx: Handle,
  { database, name, source }: ApiToRemove,
  by: string,
  deps: RecordChangeDeps,
): Promise<void> {
  if (source === 'settings') {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is set in the settings file: take it out there.`,
    })
  }
  if (source === 'demo' || !(await deleteStoredApi(tx, database, name))) {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" is part of the demo: set an API of that name with \`gatehouse apply\` to change what it shows.`,
    })
  }
  await recordChange(tx, { subject: 'api', action: 'removed', by, name, database, api: name }, deps)
}
