import type { DomainOperator } from './operators.ts'

/** One value that a field is compared with. Numbers lie within ±(2^53 - 1); `null` and `false` both mean "unset" to Odoo. */
export type DomainScalar = string | number | boolean | null

/** What stands at the right of an operator. */
export type DomainValue = DomainScalar | readonly DomainScalar[]

/** A comparison of a field with a value. `path` is the dotted path, split: `country_id.code` is two steps. */
export type DomainLeaf = {
  readonly kind: 'leaf'
  readonly path: readonly string[]
  readonly operator: DomainOperator
  readonly value: DomainValue
}

/** `any` or `not any`: some (no) record that the relation leads to matches a domain of the related model. 17 and on. */
export type DomainAny = {
  readonly kind: 'any'
  readonly path: readonly string[]
  readonly negated: boolean
  readonly domain: Domain
}

/**
 * A filter over the records of one model, as a tree. Made by the functions below, it is in a normal form: `and` and
 * `or` hold at least two operands, none of them of the same kind and none neutral; `not` holds neither a `not` nor a
 * constant. Two domains in normal form that print alike are equal.
 */
export type Domain =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | DomainLeaf
  | DomainAny
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Domain[] }
  | { readonly kind: 'not'; readonly operand: Domain }

/** Matches every record; what an empty list is on the wire. */
export const everything: Domain = { kind: 'true' }

/** Matches no record. */
export const nothing: Domain = { kind: 'false' }

/**
 * Matches what all operands match; everything, if there are none. Flattens and drops `everything`.
 *
 * `nothing` does not swallow its neighbours, although it could: a check of who may read which field has to see each
 * leaf that the caller wrote.
 */
export function and(...operands: Domain[]): Domain {
  return combine('and', everything, operands)
}

/** Matches what any operand matches; nothing, if there are none. Flattens and drops `nothing`. */
export function or(...operands: Domain[]): Domain {
  return combine('or', nothing, operands)
}

/** Matches exactly the other records. */
export function not(operand: Domain): Domain {
  if (operand.kind === 'true') return nothing
  if (operand.kind === 'false') return everything
  return operand.kind === 'not' ? operand.operand : { kind: 'not', operand }
}

/**
 * A comparison that the program itself writes. It is not checked: what comes from outside goes through `parseDomain`.
 *
 * @example leaf('country_id.code', '=', 'BE')
 */
export function leaf(path: string, operator: DomainOperator, value: DomainValue): Domain {
  return { kind: 'leaf', path: path.split('.'), operator, value }
}

function combine(kind: 'and' | 'or', neutral: Domain, operands: readonly Domain[]): Domain {
  const flat = operands
    .flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]))
    .filter((operand) => operand.kind !== neutral.kind)
  const [first] = flat
  if (first === undefined) return neutral
  return flat.length === 1 ? first : { kind, operands: flat }
}
