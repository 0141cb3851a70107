import type { Domain, DomainAny, DomainLeaf } from './ast.ts'

/** A place in a domain that names a field. */
export type DomainTerm = {
  readonly term: DomainLeaf | DomainAny
  /** The whole path from the model that the domain filters: the paths of the enclosing `any`, then the term's own. */
  readonly path: readonly string[]
  /** The `any` around it, outermost first. */
  readonly within: readonly DomainAny[]
}

/**
 * Every term of a domain, in reading order, each `any` before the terms inside it: what a check of fields has to look
 * at. Nothing that reaches Odoo as a field name is left out.
 *
 * @example [...walkLeaves(leaf('country_id.code', '=', 'BE'))][0]?.path // ['country_id', 'code']
 */
export function walkLeaves(domain: Domain): Iterable<DomainTerm> {
  return walk(domain, [], [])
}

function* walk(domain: Domain, prefix: readonly string[], within: readonly DomainAny[]): Generator<DomainTerm> {
  switch (domain.kind) {
    case 'true':
    case 'false':
      return
    case 'leaf':
      yield { term: domain, path: [...prefix, ...domain.path], within }
      return
    case 'any': {
      const path = [...prefix, ...domain.path]
      yield { term: domain, path, within }
      yield* walk(domain.domain, path, [...within, domain])
      return
    }
    case 'not':
      yield* walk(domain.operand, prefix, within)
      return
    case 'and':
    case 'or':
      for (const operand of domain.operands) yield* walk(operand, prefix, within)
  }
}
