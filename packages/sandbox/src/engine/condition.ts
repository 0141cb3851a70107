/**
 * A domain as a tree. Unlike the domain of the `odoo` package, which accepts what a gateway may let through, this one
 * holds whatever Odoo itself would accept: values of any shape, paths that may turn out wrong.
 */
export type Condition =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'all' | 'either'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | Term

/** One comparison. `path` is dotted; the value is as the client wrote it. */
export type Term = {
  readonly kind: 'term'
  readonly path: string
  readonly operator: string
  readonly value: unknown
}

export const EVERYTHING: Condition = { kind: 'constant', holds: true }
export const NOTHING: Condition = { kind: 'constant', holds: false }

/** Joins two conditions. */
export function join(kind: 'all' | 'either', left: Condition, right: Condition): Condition {
  return { kind, parts: [left, right] }
}

/** Negates; a comparison keeps its operator. */
export function negate(condition: Condition): Condition {
  if (condition.kind === 'constant') return { kind: 'constant', holds: !condition.holds }
  return condition.kind === 'not' ? condition.part : { kind: 'not', part: condition }
}

/**
 * Negates by turning operators round, as Odoo until 18 does: `!` in front of `=` is `!=`, of `<` is `>=`; records with
 * no value stay out of both. Source: odoo 17.0 osv/expression.py, distribute_not.
 */
export function flip(condition: Condition): Condition {
  switch (condition.kind) {
    case 'constant':
      return negate(condition)
    case 'all':
      return { kind: 'either', parts: condition.parts.map(flip) }
    case 'either':
      return { kind: 'all', parts: condition.parts.map(flip) }
    case 'not':
      return condition.part
    case 'term': {
      const operator = OPPOSITES[condition.operator]
      return operator === undefined ? negate(condition) : { ...condition, operator }
    }
  }
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
  like: 'not like',
  'not like': 'like',
  ilike: 'not ilike',
  'not ilike': 'ilike',
  any: 'not any',
  'not any': 'any',
}
