import { type Domain, DomainError, leaf } from '../index.ts'

/** Terms as a tree, and the same as they stand on the wire. */
export const a = leaf('a', '=', 1)
export const b = leaf('b', '=', 2)
export const c = leaf('c', '=', 3)
export const d = leaf('d', '=', 4)
export const A = ['a', '=', 1]
export const B = ['b', '=', 2]
export const C = ['c', '=', 3]
export const D = ['d', '=', 4]

/** A domain on the related model. */
export function any(path: string, domain: Domain, negated = false): Domain {
  return { kind: 'any', path: path.split('.'), negated, domain }
}

/** How a parser refused. */
export function refusal(parse: () => unknown): DomainError {
  try {
    parse()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('It was taken.')
}
