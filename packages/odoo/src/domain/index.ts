export * from '../literal/index.ts'
export {
  and,
  type Domain,
  type DomainAny,
  type DomainLeaf,
  type DomainScalar,
  type DomainValue,
  everything,
  leaf,
  not,
  nothing,
  or,
} from './ast.ts'
export { DomainError, type DomainErrorReason } from './error.ts'
export { DOMAIN_LIMITS, type DomainLimits } from './limits.ts'
export {
  ANY_OPERATOR_SINCE,
  DOMAIN_OPERATORS,
  type DomainOperator,
  type DomainOperatorFacts,
  readOperator,
} from './operators.ts'
export { parseDomain } from './parse.ts'
export { parseDomainText } from './parse-text.ts'
export { printDomain, type WireDomain } from './print.ts'
export { type DomainTerm, walkLeaves } from './walk.ts'
