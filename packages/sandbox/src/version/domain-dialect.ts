/** The reading of a domain; odoo 17.0 osv/expression.py against odoo 19.0 orm/domains.py. */
export type DomainDialect = {
  readonly style: 'terms' | 'conditions'
  /** `in` with a single value, `==`, operators in capitals, `false` for a domain: accepted? */
  readonly lenient: boolean
  /** A computed field that cannot be searched matches everything or is an error. */
  readonly unsearchable: 'everything' | 'refused'
  /** Is a field that cannot be searched by looked up in the user's rights? */
  readonly guardsUnsearchable: boolean
  /** `!` in front of a comparison turns its operator round or negates the result. */
  readonly negation: 'flips_operator' | 'negates_result'
  /** `field = ''` matches unset values. */
  readonly emptyTextIsUnset: boolean
  /** The same for a selection or a reference. */
  readonly emptyChoiceIsUnset: boolean
  /** `field = false` matches a number that is 0. */
  readonly zeroIsUnset: boolean
  /** What `['category_id', 'ilike', false]` finds: everything, or what leads to any record. */
  readonly likeUnsetFinds: 'everything' | 'linked'
}

export const domain17: DomainDialect = {
  style: 'terms',
  lenient: false,
  unsearchable: 'everything',
  guardsUnsearchable: true,
  negation: 'flips_operator',
  emptyTextIsUnset: false,
  emptyChoiceIsUnset: false,
  zeroIsUnset: false,
  likeUnsetFinds: 'everything',
}

export const domain18: DomainDialect = {
  style: 'terms',
  lenient: false,
  unsearchable: 'everything',
  guardsUnsearchable: false,
  negation: 'flips_operator',
  emptyTextIsUnset: true,
  emptyChoiceIsUnset: true,
  zeroIsUnset: true,
  likeUnsetFinds: 'everything',
}

export const domain19: DomainDialect = {
  style: 'conditions',
  lenient: true,
  unsearchable: 'refused',
  guardsUnsearchable: true,
  negation: 'negates_result',
  emptyTextIsUnset: true,
  emptyChoiceIsUnset: false,
  zeroIsUnset: true,
  likeUnsetFinds: 'linked',
}
