import type { OdooClient } from '../upstream/odoo-sessions.ts'
import type { RequestFacts } from './request-facts.ts'

/** What Odoo is told of who makes a request. */
export function odooClientOf(request: RequestFacts): OdooClient {
  const userAgent = request.headerValues('user-agent')[0]
  return { address: request.address, ...(userAgent === undefined ? {} : { userAgent }) }
}
