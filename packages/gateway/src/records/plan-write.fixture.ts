import type { JsonObject } from '../kernel/json.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { ExposureSetting } from '../policy/policy.fixture.ts'
import { planCreate, planUpdate } from './plan-write.ts'
import { ODOO_18, planningOf } from './planning.fixture.ts'
import type { AnswerRequest } from './request.ts'
import type { CreatePlan, UpdatePlan } from './write-plan.ts'

/** The four verbs. */
export const ALL = ['read', 'create', 'update', 'delete']
/** Contacts, without limits. */
export const PARTNER = { model: 'res.partner', verbs: ALL }
/** Contacts of one company and colour. */
export const OWN_PARTNER = {
  ...PARTNER,
  forcedDomain: [
    ['company_id', '=', 1],
    ['color', '=', 4],
  ],
}
/** Accounts of contacts, without limits. */
export const BANK = { model: 'res.partner.bank', verbs: ALL }
/** Tags, without limits. */
export const CATEGORY = { model: 'res.partner.category', verbs: ALL }
/** One country, to read. */
export const EU_COUNTRY = { model: 'res.country', verbs: ['read'], forcedDomain: [['code', '=', 'BE']] }

/** The plan of a new record of the first model. */
export function creation(
  values: JsonObject,
  exposures: readonly ExposureSetting[],
  answer: AnswerRequest = {},
  principal: Partial<UserPrincipal> = {},
): CreatePlan {
  const { model } = exposures[0] ?? PARTNER
  const result = planCreate(planningOf(exposures, ODOO_18, principal), { model, values: [values], ...answer })
  if (result.kind === 'missing') throw new Error('A fact is missing.')
  return result.plan
}

/** The plan of new values for records of the first model. */
export function change(
  values: JsonObject,
  exposures: readonly ExposureSetting[],
  ids: readonly number[] = [7],
  answer: AnswerRequest = {},
): UpdatePlan {
  const { model } = exposures[0] ?? PARTNER
  const result = planUpdate(planningOf(exposures), { model, ids, values, ...answer })
  if (result.kind === 'missing') throw new Error('A fact is missing.')
  return result.plan
}
