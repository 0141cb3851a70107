import type { Caller } from '../policy/caller.ts'
import type { Records } from '../records/records.ts'
import type { RecordsContext } from '../records/upstream.ts'

/** How a surface reaches records: the core, and the Odoo behind each caller. */
export type RecordsAccess = {
  readonly records: Records
  readonly contextOf: (caller: Caller) => RecordsContext
}
