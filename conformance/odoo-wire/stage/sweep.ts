import { isList, type Json, type JsonObject } from '../json.ts'
import type { Stage } from './stage.ts'

/**
 * The models in which recordings make records, in the order in which these can go: what points at others first. A task
 * goes with its subtasks, a partner with its contacts, whoever made them.
 */
const SWEPT = [
  'ir.attachment',
  'sale.order',
  'project.task',
  'project.project',
  'res.users',
  'res.partner',
  'res.partner.category',
  'res.country',
  'auth.oauth.provider',
] as const

/** Remembers which records are there, and answers how to remove what came after. */
export async function openSweep(stage: Stage): Promise<() => Promise<void>> {
  const newest = new Map<string, number>()
  for (const model of SWEPT) {
    const [id] = await idsOf(stage, model, [], { order: 'id desc', limit: 1 })
    newest.set(model, id ?? 0)
  }
  return async () => {
    for (const [model, id] of newest) {
      for (const younger of await idsOf(stage, model, [['id', '>', id]], { order: 'id desc' })) {
        await remove(stage, model, younger)
      }
    }
  }
}

/** None where the target does not have the model. */
async function idsOf(stage: Stage, model: string, domain: Json, options: JsonObject): Promise<readonly number[]> {
  const kwargs = { ...options, context: { active_test: false } }
  const found = await stage.call({ model, method: 'search', args: [domain], kwargs }).catch(() => [])
  return isList(found) ? found.flatMap((id) => (typeof id === 'number' ? [id] : [])) : []
}

/** Odoo keeps what left traces: that is archived, and a login freed for the next run. */
async function remove(stage: Stage, model: string, id: number): Promise<void> {
  const values = model === 'res.users' ? { active: false, login: `left-${id}-${Date.now()}` } : { active: false }
  if (model === 'sale.order') await cancel(stage, id)
  await stage
    .call({ model, method: 'unlink', args: [[id]] })
    .catch(() => stage.call({ model, method: 'write', args: [[id], values] }))
    .catch(() => {})
}

/** A confirmed order can be removed once it is cancelled. */
async function cancel(stage: Stage, id: number): Promise<void> {
  const kwargs = { context: { disable_cancel_warning: true } }
  await stage.call({ model: 'sale.order', method: 'action_cancel', args: [[id]], kwargs }).catch(() => {})
}
