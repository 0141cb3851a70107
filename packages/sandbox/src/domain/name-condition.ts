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
  const parts: Condition[] = fields.map((path) => ({ kind: 'term', path, operator, value }))
  const { nameIs } = model.row
  if (nameIs !== undefined && !denied) parts.push(wholeName(nameIs, value))
  return { kind: denied ? 'all' : 'either', parts }
}

/** A value of a list is a name as well; letters count the same in capitals. */
function wholeName(path: string, value: unknown): Condition {
  const term = Array.isArray(value) ? { operator: 'in', value } : { operator: '=ilike', value }
  return { kind: 'term', path, ...term }
}

/** Some of the names, compared with the same fields; one flat condition, however many they are. */
export function anyName(model: Model, operator: string, names: readonly string[]): Condition {
  const parts = names.map((name) => nameCondition(model, operator, name))
  return { kind: 'either', parts: parts.flatMap((part) => (part.kind === 'either' ? part.parts : [part])) }
}
