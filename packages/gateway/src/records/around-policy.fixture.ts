import { parseDomain } from '@odoo-gatehouse/odoo/domain'
import type { JsonObject } from '../kernel/json.ts'
import type { ExposureSetting } from '../policy/policy.fixture.ts'
import { planList } from './plan-read.ts'
import { planCreate, planRemove, planUpdate } from './plan-write.ts'
import { planningOf } from './planning.fixture.ts'
import type { PlanFacts, Planned } from './planning.ts'
import type { ListRequest } from './request.ts'

/**
 * A door of a shop: contacts of its company without their tax numbers; countries and tags to read, tags to make;
 * accounts that may be made and renamed and never deleted; users by name; no currencies, companies or projects.
 */
export const SHOP: readonly ExposureSetting[] = [
  {
    model: 'res.partner',
    verbs: ['read', 'create', 'update', 'delete'],
    readableFields: [
      ...['name', 'email', 'phone', 'active', 'color', 'image_128', 'contact_address', 'parent_id', 'child_ids'],
      ...['country_id', 'user_id', 'company_id', 'category_id', 'bank_ids'],
    ],
    writableFields: [
      ...['name', 'phone', 'color', 'parent_id', 'child_ids', 'country_id', 'company_id', 'category_id', 'bank_ids'],
    ],
    forcedDomain: [['company_id', '=', 1]],
  },
  { model: 'res.country', verbs: ['read'], readableFields: ['name', 'currency_id'] },
  { model: 'res.partner.category', verbs: ['read', 'create'], forcedDomain: [['color', '<', 9]] },
  { model: 'res.partner.bank', verbs: ['read', 'create', 'update'], writableFields: ['acc_number', 'partner_id'] },
  { model: 'res.users', verbs: ['read'], readableFields: ['name', 'login', 'partner_id'] },
  { model: 'project.task', verbs: ['read', 'create', 'update'], forcedDomain: [['project_id.privacy', '=', 'portal']] },
  { model: 'x_shop.order', verbs: ['read'], readableFields: ['x_name', 'partner_id'] },
  { model: 'x_shop.line', verbs: ['read'] },
]

/** A request at the shop's door, planned with what is known of Odoo. */
export type Attempt = (facts: PlanFacts) => Planned<unknown>

/** A page, of contacts unless the request says otherwise. */
export const list =
  (request: Partial<ListRequest>, principal = {}): Attempt =>
  (facts) =>
    planList(planningOf(SHOP, facts, principal), { model: 'res.partner', ...request })

/** A page of contacts by a domain. */
export const where = (...domain: unknown[]): Attempt => list({ domain: parseDomain(domain) })

/** A page of tasks by a domain. */
export const tasksWhere = (...domain: unknown[]): Attempt =>
  list({ model: 'project.task', domain: parseDomain(domain) })

/** A new record. */
export const create =
  (values: JsonObject, model = 'res.partner'): Attempt =>
  (facts) =>
    planCreate(planningOf(SHOP, facts), { model, values: [values] })

/** New values for the record 7. */
export const update =
  (values: JsonObject, model = 'res.partner'): Attempt =>
  (facts) =>
    planUpdate(planningOf(SHOP, facts), { model, ids: [7], values })

/** The record 7 deleted. */
export const remove =
  (model: string): Attempt =>
  (facts) =>
    planRemove(planningOf(SHOP, facts), { model, ids: [7] })

/** `expand` along one field, so many levels deep. */
export function nested(field: string, levels: number): NonNullable<ListRequest['expand']> {
  return { [field]: { fields: [], ...(levels > 1 ? { expand: nested(field, levels - 1) } : {}) } }
}

/** A record with a line with a line …, so many records deep. */
export function nestedValues(levels: number): JsonObject {
  return levels === 1 ? { name: 'x' } : { name: 'x', child_ids: [[0, 0, nestedValues(levels - 1)]] }
}
