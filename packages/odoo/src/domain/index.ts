export * from './ast.ts'
export { DomainError, type DomainErrorReason } from './error.ts'
export { DOMAIN_LIMITS, type DomainLimits } from './limits.ts'
export {
  ANY_OPERATOR_SINCE,
  DOMAIN_OPERATORS,
  type DomainOperator,
  type DomainOperatorFacts,
  readOperator,
} from './operators.ts'
export { type DomainTerm, walkLeaves } from './walk.ts'
