/**
 * What a domain operator is. One row each, so that no code branches on an operator's name.
 *
 * - `values`: `list` takes a list and nothing else; `scalar` takes one value; `either` takes both.
 * - `text`: compares text, so that the value is a pattern.
 * - `negated`: matches also the records whose field is unset (odoo 18.0 osv/expression.py: NEGATIVE_TERM_OPERATORS).
 * - `hierarchy`: walks the tree of a model, so that it reads more records than the field names.
 * - `opposite`: the operator that matches exactly the other records, where there is one.
 * - `since`: the first major version of Odoo that takes it. 14 stands for "every version that is supported".
 *
 * Sources: odoo 17.0 and 18.0 osv/expression.py: TERM_OPERATORS; odoo 19.0 orm/domains.py: CONDITION_OPERATORS.
 * `any` and `not any` are not here, for their value is a domain: see `DomainAny`. `any!` of 19, which skips the access
 * rules of the related model, is left out on purpose, and so are `inselect` and everything else that carries SQL.
 */
export const DOMAIN_OPERATORS = {
  '=': { values: 'either', text: false, negated: false, hierarchy: false, opposite: '!=', since: 14 },
  '!=': { values: 'either', text: false, negated: true, hierarchy: false, opposite: '=', since: 14 },
  '<': { values: 'scalar', text: false, negated: false, hierarchy: false, opposite: undefined, since: 14 },
  '<=': { values: 'scalar', text: false, negated: false, hierarchy: false, opposite: undefined, since: 14 },
  '>': { values: 'scalar', text: false, negated: false, hierarchy: false, opposite: undefined, since: 14 },
  '>=': { values: 'scalar', text: false, negated: false, hierarchy: false, opposite: undefined, since: 14 },
  in: { values: 'list', text: false, negated: false, hierarchy: false, opposite: 'not in', since: 14 },
  'not in': { values: 'list', text: false, negated: true, hierarchy: false, opposite: 'in', since: 14 },
  like: { values: 'scalar', text: true, negated: false, hierarchy: false, opposite: 'not like', since: 14 },
  'not like': { values: 'scalar', text: true, negated: true, hierarchy: false, opposite: 'like', since: 14 },
  ilike: { values: 'scalar', text: true, negated: false, hierarchy: false, opposite: 'not ilike', since: 14 },
  'not ilike': { values: 'scalar', text: true, negated: true, hierarchy: false, opposite: 'ilike', since: 14 },
  '=like': { values: 'scalar', text: true, negated: false, hierarchy: false, opposite: 'not =like', since: 14 },
  'not =like': { values: 'scalar', text: true, negated: true, hierarchy: false, opposite: '=like', since: 19 },
  '=ilike': { values: 'scalar', text: true, negated: false, hierarchy: false, opposite: 'not =ilike', since: 14 },
  'not =ilike': { values: 'scalar', text: true, negated: true, hierarchy: false, opposite: '=ilike', since: 19 },
  '=?': { values: 'scalar', text: false, negated: false, hierarchy: false, opposite: undefined, since: 14 },
  child_of: { values: 'either', text: false, negated: false, hierarchy: true, opposite: undefined, since: 14 },
  parent_of: { values: 'either', text: false, negated: false, hierarchy: true, opposite: undefined, since: 14 },
} as const satisfies Record<string, DomainOperatorFacts>

/** The facts of one operator; see `DOMAIN_OPERATORS`. */
export type DomainOperatorFacts = {
  readonly values: 'list' | 'scalar' | 'either'
  readonly text: boolean
  readonly negated: boolean
  readonly hierarchy: boolean
  readonly opposite: string | undefined
  readonly since: number
}

/** The operators that compare a field with a value. */
export type DomainOperator = keyof typeof DOMAIN_OPERATORS

/** The first major version of Odoo that takes `any` and `not any` (odoo 17.0 osv/expression.py: TERM_OPERATORS). */
export const ANY_OPERATOR_SINCE = 17

/** Spellings that old Odoo takes beside the true one (odoo 17.0 osv/expression.py: normalize_leaf; 19.0 also `==`). */
const SPELLINGS: ReadonlyMap<string, DomainOperator> = new Map([
  ['<>', '!='],
  ['==', '='],
])

/**
 * The operator that a text names, or undefined. Exact and case-sensitive, apart from `<>` and `==`.
 *
 * @example readOperator('<>') // '!='
 */
export function readOperator(text: string): DomainOperator | undefined {
  return isOperator(text) ? text : SPELLINGS.get(text)
}

/** Own rows only: `constructor` and `__proto__` are no operators. */
function isOperator(text: string): text is DomainOperator {
  return Object.hasOwn(DOMAIN_OPERATORS, text)
}
