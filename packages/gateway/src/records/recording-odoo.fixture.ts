import { capabilitiesOf } from '@odoo-gatehouse/odoo/client'
import { callerOf, type ExposureSetting } from '../policy/policy.fixture.ts'
import { SCHEMAS } from './planning.fixture.ts'
import type { RecordsContext } from './upstream.ts'

/** A `call_kw` as Odoo would get it. */
export type RecordedCall = {
  readonly model: string
  readonly method: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
}

/**
 * The demo user in front of an Odoo that answers from a script, in turn, and remembers what it was asked. An answer
 * that is an error is thrown. Where requests run side by side, answers may be given by `model.method` instead.
 */
export function recordingOdoo(
  exposures: readonly ExposureSetting[],
  answers: readonly unknown[] | Readonly<Record<string, unknown>>,
  { major = 18, companyId }: { readonly major?: number; readonly companyId?: number } = {},
): {
  readonly context: RecordsContext
  readonly calls: readonly RecordedCall[]
  readonly schemasAsked: readonly string[]
} {
  const calls: RecordedCall[] = []
  const schemasAsked: string[] = []
  const context: RecordsContext = {
    ...callerOf(exposures),
    upstream: {
      capabilities: async () => capabilitiesOf({ major }),
      share: (_key, read) => read(),
      companyId: async () => companyId,
      schemaOf: async (model) => {
        schemasAsked.push(model)
        return SCHEMAS.get(model)
      },
      call: async (model, method, args, kwargs) => {
        // Through JSON, as on the wire: what is not JSON would not get there.
        calls.push(JSON.parse(JSON.stringify({ model, method, args, kwargs })))
        const answer = Array.isArray(answers) ? answers[calls.length - 1] : named(answers)[`${model}.${method}`]
        if (answer === undefined) throw new Error(`Nobody expected the call ${calls.length}: ${model}.${method}`)
        if (answer instanceof Error) throw answer
        return structuredClone(answer)
      },
    },
  }
  return { context, calls, schemasAsked }
}

/** `Array.isArray` does not narrow a readonly list out of a union. */
function named(answers: readonly unknown[] | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return answers as Readonly<Record<string, unknown>>
}
