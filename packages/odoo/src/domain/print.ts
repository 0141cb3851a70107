import type { Domain } from './ast.ts'

/** Odoo's list form of a domain, ready for JSON. */
export type WireDomain = readonly unknown[]

/**
 * Writes a domain in Odoo's prefix form. Every `&` is written out and the result is exactly one operand, so that it
 * may stand after an operator or beside other domains without changing what they mean.
 *
 * @example printDomain(or(leaf('id', '=', 1), leaf('id', '=', 2))) // ['|', ['id', '=', 1], ['id', '=', 2]]
 */
export function printDomain(domain: Domain): WireDomain {
  switch (domain.kind) {
    case 'true':
      return [[1, '=', 1]]
    case 'false':
      return [[0, '=', 1]]
    case 'leaf':
      return [[domain.path.join('.'), domain.operator, domain.value]]
    case 'any':
      return [[domain.path.join('.'), domain.negated ? 'not any' : 'any', printDomain(domain.domain)]]
    case 'not':
      return ['!', ...printDomain(domain.operand)]
    case 'and':
    case 'or':
      return printOperands(domain.kind === 'and' ? '&' : '|', domain.kind, domain.operands)
  }
}

/** A tree that the constructors did not make may have fewer than two operands. */
function printOperands(operator: '&' | '|', kind: 'and' | 'or', operands: readonly Domain[]): WireDomain {
  if (operands.length === 0) return [[kind === 'and' ? 1 : 0, '=', 1]]
  const operators = Array.from({ length: operands.length - 1 }, () => operator)
  return [...operators, ...operands.flatMap((operand) => printDomain(operand))]
}
