import { type Domain, DomainError, parseDomain, parseDomainText } from '@odoo-gatehouse/odoo/domain'
import { recordErrors } from './errors.ts'

/**
 * Reads a caller's domain: a text with JSON or a Python literal, or the list itself. An empty text is no condition.
 *
 * @throws GatehouseError `domain.malformed`, with the reason as its message
 */
export function parseFilter(source: unknown): Domain {
  try {
    if (typeof source !== 'string') return parseDomain(source)
    return parseDomainText(source.trim() === '' ? '[]' : source)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw recordErrors['domain.malformed']({ message: error.message, cause: error })
  }
}
