import { type Domain, printDomain } from '@odoo-gatehouse/odoo/domain'
import type { OdooContext } from '@odoo-gatehouse/odoo/schema'
import type { OdooCall } from './call-odoo.ts'
import type { ByIdPlan, ReadNode } from './read-plan.ts'
import { fieldNamesOf, specificationOf } from './specification.ts'

/** Which records a search answers. */
export type SearchPage = {
  readonly domain: Domain
  readonly order: string
  readonly limit?: number
  readonly offset?: number
  readonly context: OdooContext
}

/** Search and read in one call: `web_search_read` with a specification where Odoo takes one, else `search_read`. */
export function searchReadCall(node: ReadNode, page: SearchPage, nestedReads: boolean): OdooCall {
  const { domain, order, limit, offset, context } = page
  const paging = { ...(offset === undefined ? {} : { offset }), ...(limit === undefined ? {} : { limit }) }
  const common = { domain: printDomain(domain), ...paging, order, context }
  return nestedReads
    ? {
        model: node.model,
        method: 'web_search_read',
        args: [],
        kwargs: { ...common, specification: specificationOf(node) },
      }
    : { model: node.model, method: 'search_read', args: [], kwargs: { ...common, fields: fieldNamesOf(node) } }
}

/** How many records a domain matches. */
export function countCall(model: string, domain: Domain, context: OdooContext): OdooCall {
  return { model, method: 'search_count', args: [printDomain(domain)], kwargs: { context } }
}

/**
 * The records of known ids. `display_name` is always among what is read: of ids alone, or of x2many fields, Odoo answers
 * a record that does not exist as if it did (odoo 18.0 models.py: _read_format).
 */
export function readCall({ node, ids, context, nestedReads }: ByIdPlan): OdooCall {
  return nestedReads
    ? {
        model: node.model,
        method: 'web_read',
        args: [ids],
        kwargs: { specification: { display_name: {}, ...specificationOf(node) }, context },
      }
    : {
        model: node.model,
        method: 'read',
        args: [ids],
        kwargs: { fields: [...new Set(['display_name', ...fieldNamesOf(node)])], context },
      }
}
