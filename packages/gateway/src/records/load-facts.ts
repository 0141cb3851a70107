import { printDomain } from '@odoo-gatehouse/odoo/domain'
import type { ModelSchema } from '@odoo-gatehouse/odoo/schema'
import { fromOdooError } from '../upstream/odoo-errors.ts'
import { callOdoo, strangeAnswer } from './call-odoo.ts'
import { recordErrors } from './errors.ts'
import { type Planned, type Planning, PRESEARCH_CAP, type Presearch } from './planning.ts'
import { readIds } from './raw-record.ts'
import { printContext } from './record-context.ts'
import type { RecordContext } from './request.ts'
import type { RecordsContext, RecordsUpstream } from './upstream.ts'

/** The most searches that one request may cost beside itself. */
const PRESEARCHES_MAX = 20

/**
 * Runs a planner until it has every fact that it asks for: schemas of models that the API exposes, and pre-searches;
 * the user's company beforehand, where a forced domain of the API asks for it.
 * Each round adds one fact, so the exposures and `PRESEARCHES_MAX` bound the rounds. Schemas mostly come from a cache.
 *
 * @throws GatehouseError what the planner refuses, and what Odoo does
 */
export async function planWithFacts<Plan>(
  { upstream, ...caller }: RecordsContext,
  request: { readonly model: string; readonly context?: RecordContext },
  plan: (planning: Planning) => Planned<Plan>,
): Promise<Plan> {
  const { api } = caller
  const companyId = api.asksForCompany ? await companyOf(upstream) : undefined
  const schemas = new Map<string, ModelSchema | undefined>()
  // Every plan needs this one: to have it at once saves a round.
  if (api.exposures.has(request.model)) schemas.set(request.model, await schemaOf(upstream, request.model))
  const presearches = new Map<string, readonly number[] | 'too_many'>()
  const { anyOperator, webSearchReadSpecification } = await capabilitiesOf(upstream)
  const facts = { schemas, presearches, anyOperator, nestedReads: webSearchReadSpecification }
  for (;;) {
    const result = plan({ ...caller, companyId, facts })
    if (result.kind === 'plan') return result.plan
    const { fact } = result
    if (fact.kind === 'schema') {
      schemas.set(fact.model, await schemaOf(upstream, fact.model))
    } else if (presearches.size < PRESEARCHES_MAX) {
      presearches.set(fact.presearch.key, await search(upstream, fact.presearch, request.context))
    } else {
      throw recordErrors['domain.too_wide']({ message: 'The domain has too many conditions on related records.' })
    }
  }
}

async function capabilitiesOf(upstream: RecordsUpstream) {
  try {
    return await upstream.capabilities()
  } catch (error) {
    throw fromOdooError(error)
  }
}

async function companyOf(upstream: RecordsUpstream): Promise<number | undefined> {
  try {
    return await upstream.companyId()
  } catch (error) {
    throw fromOdooError(error)
  }
}

async function schemaOf(upstream: RecordsUpstream, model: string): Promise<ModelSchema | undefined> {
  try {
    return await upstream.schemaOf(model)
  } catch (error) {
    throw fromOdooError(error)
  }
}

async function search(
  upstream: RecordsUpstream,
  { model, domain, name }: Presearch,
  callerContext: RecordContext | undefined,
): Promise<readonly number[] | 'too_many'> {
  const context = printContext(callerContext)
  const wire = printDomain(domain)
  const limit = PRESEARCH_CAP + 1
  const method = name === undefined ? 'search' : 'name_search'
  // The parameters of `name_search` have other names in 19 than before; their order is the same.
  const args = name === undefined ? [wire] : [name.text, wire, name.operator, limit]
  const kwargs = name === undefined ? { limit, context } : { context }
  const answer = await callOdoo(upstream, { model, method, args, kwargs }, { blame: 'request' })
  if (name !== undefined && !isListOfPairs(answer)) throw strangeAnswer(method)
  const ids = readIds(name === undefined ? answer : (answer as readonly unknown[][]).map(([id]) => id), method)
  return ids.length > PRESEARCH_CAP ? 'too_many' : ids
}

function isListOfPairs(answer: unknown): answer is readonly unknown[][] {
  return Array.isArray(answer) && answer.every(Array.isArray)
}
