import { isList, isObject, type Json, valueAt } from '../json.ts'
import type { Step } from '../recording.ts'
import { modelOf } from '../stage/fill-request.ts'
import type { Scene } from '../stage/scene.ts'

/** Learns from an answer which records stand for the recorded ones. */
export function bindAnswer(scene: Scene, step: Step, actual: Json): void {
  const recorded = step.response.body
  const model = modelIn(step)
  for (const { path, value } of Object.values(step.captures ?? {})) {
    const target = path.endsWith('.res_id') ? valueAt(actual, path.replace(/res_id$/, 'res_model')) : model
    if (typeof target === 'string') scene.ids.bind(target, value, valueAt(actual, path) ?? null)
  }
  const [was, is] = [valueAt(recorded, 'result'), valueAt(actual, 'result')]
  if (isObject(was) && isObject(is) && typeof is.res_model === 'string' && was.res_model === is.res_model) {
    scene.ids.bind(is.res_model, was.res_id ?? null, is.res_id ?? null)
  }
  // Whoever has just made a key finds it here.
  if (model === 'res.users.apikeys' && isList(was) && isList(is)) scene.ids.bind(model, idsOf(was), idsOf(is))
}

function modelIn(step: Step): string | undefined {
  const { body } = step.request
  return modelOf(isObject(body) ? (body.params ?? null) : null)
}

function idsOf(rows: readonly Json[]): readonly Json[] {
  return rows.map((row) => (isObject(row) ? (row.id ?? null) : null))
}
