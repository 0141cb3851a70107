export { LiteralError, type LiteralErrorReason } from './error.ts'
export {
  LITERAL_LIMITS,
  type LiteralLimits,
  type LiteralObject,
  type LiteralValue,
  parseLiteral,
} from './literal.ts'
export { isStorableJson, isStorableText } from './storable-text.ts'
