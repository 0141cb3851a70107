import type { Condition } from '../engine/condition.ts'
import type { Model } from '../schema/model.ts'
import { isUnset } from './column-term.ts'

/** A name compared with the fields that a model is looked up by; a denial has to hold for all of them. */
export function nameCondition(model: Model, operator: string, value: unknown): Condition {
  const fields = model.row.nameSearch ?? [model.recName]
  const denied = operator.startsWith('not ') || operator === '!='
  if (isUnset(value) || value === '') {
    if (operator.endsWith('like')) return { kind: 'constant', holds: !denied }
  }
  return {
    kind: denied ? 'all' : 'either',
    parts: fields.map((path) => ({ kind: 'term', path, operator, value })),
  }
}

/** Some of the names, compared with the same fields; one flat condition, however many they are. */
export function anyName(model: Model, operator: string, names: readonly string[]): Condition {
  const parts = names.map((name) => nameCondition(model, operator, name))
  return { kind: 'either', parts: parts.flatMap((part) => (part.kind === 'either' ? part.parts : [part])) }
}
