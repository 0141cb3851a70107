import { and, everything, leaf } from '@odoo-gatehouse/odoo/domain'
import { parseLimit, parseOffset } from './parse-paging.ts'
import { planAnswer } from './plan-answer.ts'
import { planDomain } from './plan-domain.ts'
import { planOrder } from './plan-order.ts'
import { enter, type Planned, type Planning, planned } from './planning.ts'
import type { ByIdPlan, ListPlan } from './read-plan.ts'
import { printContext } from './record-context.ts'
import type { ListRequest, OneRequest } from './request.ts'

/** How many records a page has when nobody says; Odoo's own number for lists. */
const LIMIT_DEFAULT = 80

/**
 * Plans a page. Pure: a table of facts in, a plan out. The caller's domain is ANDed to the forced domain as one operand,
 * so that no `|` in it can reach outside.
 *
 * @throws GatehouseError for every refusal
 */
export function planList(planning: Planning, request: ListRequest): Planned<ListPlan> {
  return planned(() => {
    const place = enter(planning, 'read', request.model)
    const { exposure, rowFilter } = place
    const limit = parseLimit(request.limit ?? Math.min(LIMIT_DEFAULT, exposure.limitMax))
    const capped = Math.min(limit, exposure.limitMax)
    const offset = request.page === undefined ? (request.offset ?? 0) : (request.page - 1) * capped
    return {
      ...planAnswer(planning, place, request),
      context: printContext(request.context),
      nestedReads: planning.facts.nestedReads,
      domain: and(
        rowFilter ?? everything,
        request.ids === undefined ? everything : leaf('id', 'in', request.ids),
        planDomain(planning, place, request.domain ?? everything),
      ),
      order: planOrder(planning, place, request.order),
      limit: capped,
      offset: parseOffset(offset),
      limitCapped: capped < limit ? capped : undefined,
      hasCallerDomain: request.domain !== undefined,
    }
  })
}

/**
 * Plans the read of one record. Pure.
 *
 * @throws GatehouseError for every refusal
 */
export function planOne(planning: Planning, request: OneRequest): Planned<ByIdPlan> {
  return planned(() => {
    const place = enter(planning, 'read', request.model)
    return {
      ...planAnswer(planning, place, request),
      context: printContext(request.context),
      nestedReads: planning.facts.nestedReads,
      ids: [request.id],
      rowFilter: place.rowFilter,
    }
  })
}
