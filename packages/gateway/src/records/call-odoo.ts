import { fromOdooError, type OdooErrorFacts, odooErrors } from '../upstream/odoo-errors.ts'
import type { RecordsUpstream } from './upstream.ts'

/** One `call_kw`, written by a plan. */
export type OdooCall = {
  readonly model: string
  readonly method: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

/**
 * Calls Odoo.
 *
 * @throws GatehouseError for what Odoo refuses and for an Odoo that does not answer (`upstream/odoo-errors.ts`)
 */
export async function callOdoo(upstream: RecordsUpstream, call: OdooCall, facts?: OdooErrorFacts): Promise<unknown> {
  try {
    return await upstream.call(call.model, call.method, call.args, call.kwargs)
  } catch (error) {
    throw fromOdooError(error, facts)
  }
}

/** An answer that has not the form that Odoo gives it: a module's override, or not Odoo at all. */
export function strangeAnswer(method: string): Error {
  return odooErrors['odoo.failed']({ internal: `The answer of ${method} has a strange form.` })
}
