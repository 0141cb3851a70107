import { OdooFault, OdooUnreachable, probeVersion } from '@odoo-gatehouse/odoo/client'
import type { OdooDatabase, OdooDatabases } from './odoo-databases.ts'

/** How an Odoo database is now. */
export type DatabaseState = { readonly name: string; readonly url: string } & (
  | { readonly reachable: true; readonly version: string }
  | { readonly reachable: false; readonly reason: OdooUnreachable['reason'] }
)

/** Asks every Odoo for its version, all at the same time. */
export function databaseStates(databases: OdooDatabases): Promise<readonly DatabaseState[]> {
  return Promise.all(databases.names.map((name) => stateOf(databases.get(name))))
}

async function stateOf({ name, url, transport }: OdooDatabase): Promise<DatabaseState> {
  try {
    const { serie } = await probeVersion(transport)
    return { name, url, reachable: true, version: serie }
  } catch (error) {
    if (error instanceof OdooFault) return { name, url, reachable: false, reason: 'bad_answer' }
    if (!(error instanceof OdooUnreachable)) throw error
    return { name, url, reachable: false, reason: error.reason }
  }
}
