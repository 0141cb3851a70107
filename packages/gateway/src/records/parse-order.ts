import { recordErrors } from './errors.ts'

/** One step of an order. */
export type OrderTerm = {
  readonly field: string
  readonly descending: boolean
  /** Where unset values stand; undefined: where PostgreSQL puts them, last when ascending. */
  readonly nulls: 'first' | 'last' | undefined
}

const TERMS_MAX = 16
const LENGTH_MAX = 1024
const TERM = /^([a-z_][a-z0-9_]*)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i

/**
 * Reads an order as Odoo writes it. Direction and nulls may be in capitals, field names may not.
 *
 * @example parseOrder('name desc, id') // two terms
 * @throws GatehouseError `order.malformed`
 * Source: odoo 18.0 models.py: regex_order.
 */
export function parseOrder(text: string): readonly OrderTerm[] {
  if (text.length > LENGTH_MAX) throw recordErrors['order.malformed']({ message: '"order" is too long.' })
  const terms = text.split(',').map((part) => parseTerm(part.trim()))
  if (terms.length > TERMS_MAX) {
    throw recordErrors['order.malformed']({ message: `"order" has more than ${TERMS_MAX} fields.` })
  }
  return terms
}

/** Writes an order in the one form that is sent to Odoo. */
export function printOrder(terms: readonly OrderTerm[]): string {
  return terms.map(printTerm).join(', ')
}

function parseTerm(part: string): OrderTerm {
  const [, field, direction, nulls] = TERM.exec(part) ?? []
  if (field === undefined) throw recordErrors['order.malformed']()
  return {
    field,
    descending: direction?.toLowerCase() === 'desc',
    nulls: nulls === undefined ? undefined : nulls.toLowerCase() === 'first' ? 'first' : 'last',
  }
}

function printTerm({ field, descending, nulls }: OrderTerm): string {
  const direction = descending ? ' desc' : ''
  return nulls === undefined ? `${field}${direction}` : `${field}${direction} nulls ${nulls}`
}
