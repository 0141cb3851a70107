import { GatehouseError } from '../kernel/error.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { RecordVerb } from '../policy/verb.ts'
import type { Records } from './records.ts'
import type { RecordsContext } from './upstream.ts'

/** A call on records that policy or Odoo forbade. */
export type Denial = {
  readonly principal: UserPrincipal
  readonly api: string
  /** As the client named it. */
  readonly model: string
  readonly verb: RecordVerb
  readonly code: string
}

/** The same records; whoever watches is told of each call that was forbidden. */
export function observedRecords(records: Records, onDenied: (denial: Denial) => void): Records {
  /** Runs a call, and looks at what it throws. */
  async function watched<Answer>(
    { principal, api }: RecordsContext,
    { model }: { readonly model: string },
    verb: RecordVerb,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof GatehouseError && error.category === 'forbidden') {
        onDenied({ principal, api: api.name, model, verb, code: error.code })
      }
      throw error
    }
  }
  return {
    list: (context, request) => watched(context, request, 'read', () => records.list(context, request)),
    one: (context, request) => watched(context, request, 'read', () => records.one(context, request)),
    create: (context, request) => watched(context, request, 'create', () => records.create(context, request)),
    createMany: (context, request) => watched(context, request, 'create', () => records.createMany(context, request)),
    update: (context, request) => watched(context, request, 'update', () => records.update(context, request)),
    remove: (context, request) => watched(context, request, 'delete', () => records.remove(context, request)),
  }
}
