import { LiteralError, type LiteralValue, parseLiteral } from '../literal/index.ts'
import type { Domain } from './ast.ts'
import { DomainError } from './error.ts'
import { type DomainLimits, domainLimits } from './limits.ts'
import { parseDomain } from './parse.ts'

/**
 * Reads a domain from a text: JSON or a Python literal. Nothing is evaluated, so `uid`, `context_today()` and the like
 * are refused.
 *
 * @example parseDomainText("[('country_id.code', '=', 'BE'), ('active', '=', True)]")
 * @throws DomainError and nothing else; `position` is told where the text is no literal.
 */
export function parseDomainText(text: string, limits?: DomainLimits): Domain {
  return parseDomain(readLiteral(text, domainLimits(limits)), limits)
}

/** Each level of a domain is at most two brackets deep (a term in a list), and a list of values is one more. */
function readLiteral(text: string, { lengthMax, depthMax }: Required<DomainLimits>): LiteralValue {
  try {
    return parseLiteral(text, { lengthMax, depthMax: 2 * depthMax + 3 })
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error
    throw new DomainError(error.reason, error.message, { position: error.position, cause: error })
  }
}
