import type { OdooDatabases } from '../upstream/odoo-databases.ts'
import { hasDatabase } from './doctor/odoo-doors.ts'

/**
 * The databases that Odoo says it does not have: each sign-in to them would be answered like a wrong password. One that
 * Odoo tells nothing of is none of them, and neither is one whose Odoo does not answer in this moment.
 */
export async function missingDatabases({ names, get }: OdooDatabases): Promise<readonly string[]> {
  const known = await Promise.all(names.map((name) => hasDatabase(get(name).transport, name).catch(() => undefined)))
  return names.filter((_, index) => known[index] === false)
}
