import type { Domain } from '@odoo-gatehouse/odoo/domain'
import type { OdooContext, RecordValues } from '@odoo-gatehouse/odoo/schema'
import type { PlannedAnswer } from './plan-answer.ts'

/** Ids that have to lie in a domain before anything is written. */
export type IdCheck = { readonly model: string; readonly ids: readonly number[]; readonly domain: Domain }

/** What every write is made of. */
type AnyWritePlan = {
  readonly model: string
  readonly context: OdooContext
  /** In this order; the first that fails answers `record.missing`, and nothing is written. */
  readonly checks: readonly IdCheck[]
  /** Required fields that no value was given for, on any level: to understand what Odoo complains about. */
  readonly unsetRequired: ReadonlySet<string>
  /** What to read back; undefined: the caller may not read, the answer is ids alone. */
  readonly answer:
    | (PlannedAnswer & { readonly rowFilter: Domain | undefined; readonly nestedReads: boolean })
    | undefined
}

/** New records. Every value was written anew from the plan; nothing of the client's object is in it. */
export type CreatePlan = AnyWritePlan & { readonly rows: readonly RecordValues[] }

/** New values of records. */
export type UpdatePlan = AnyWritePlan & { readonly ids: readonly number[]; readonly values: RecordValues }

/** Records to delete. */
export type RemovePlan = Omit<AnyWritePlan, 'answer' | 'unsetRequired'> & { readonly ids: readonly number[] }
