import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { ModelCall } from './odoo-client.ts'
import type { Stage } from './stage.ts'

/** What a case overwrites on the target, so that it can be repeated. Records that it makes are swept away (`sweep.ts`). */
export type Journal = {
  /** Takes note of what a call is about to overwrite. */
  beforeCall(call: ModelCall): Promise<void>
  /** Writes back what was overwritten, the last first. What resists is left as it is. */
  undo(): Promise<void>
}

/** Nothing was done yet. */
export function openJournal(stage: Stage): Journal {
  const undoing: (() => Promise<void>)[] = []

  const overwrite = async (model: string, ids: readonly number[], fields: readonly string[]) => {
    // No fields would mean all of them.
    if (ids.length === 0 || fields.length === 0) return
    const before = await stage.call({ model, method: 'read', args: [ids, fields], kwargs: { load: '' } })
    for (const row of isList(before) ? before.filter(isObject) : []) undoing.push(() => writeBack(stage, model, row))
  }
  const setParameter = async (key: string) => {
    const model = 'ir.config_parameter'
    const before = await stage.call({ model, method: 'get_param', args: [key] })
    undoing.push(async () => void (await stage.call({ model, method: 'set_param', args: [key, before] })))
  }

  return {
    beforeCall: async ({ model, method, args }) => {
      const [first, second] = args
      const ids = idsIn(first ?? null)
      // What the target cannot read it will hardly write.
      if (method === 'set_param' && typeof first === 'string') await setParameter(first).catch(() => {})
      if (/resequence$/.test(method)) await overwrite(model, ids, ['sequence']).catch(() => {})
      if (method !== 'write' || !isObject(second)) return
      await overwrite(
        model,
        ids,
        Object.keys(second).filter((field) => !isList(second[field])),
      ).catch(() => {})
    },
    undo: async () => {
      for (const step of undoing.splice(0).reverse()) await step().catch(() => {})
    },
  }
}

async function writeBack(stage: Stage, model: string, { id = null, ...values }: JsonObject): Promise<void> {
  await stage.call({ model, method: 'write', args: [[id], values] })
}

function idsIn(value: Json): readonly number[] {
  return [value].flat().filter((id): id is number => typeof id === 'number' && Number.isInteger(id) && id > 0)
}
