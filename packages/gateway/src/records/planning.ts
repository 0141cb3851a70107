import type { Domain } from '@odoo-gatehouse/odoo/domain'
import { type FieldSchema, fieldTypeFacts, type ModelSchema } from '@odoo-gatehouse/odoo/schema'
import type { Exposure } from '../policy/api.ts'
import type { Caller } from '../policy/caller.ts'
import { decide, refusal } from '../policy/decide.ts'
import { readableField, unknownField } from '../policy/field-access.ts'
import { shownSchema } from '../policy/shown-schema.ts'
import type { RecordVerb } from '../policy/verb.ts'

/** What the planner knows of the world. It asks for nothing: what is not here, it names as missing. */
export type PlanFacts = {
  /** Models by name; `undefined` for one that Odoo does not have. */
  readonly schemas: ReadonlyMap<string, ModelSchema | undefined>
  /** Ids that pre-searches found, by their key; `too_many` if they found more than `PRESEARCH_CAP`. */
  readonly presearches: ReadonlyMap<string, readonly number[] | 'too_many'>
  /** Odoo takes `any` in domains (17 and on). */
  readonly anyOperator: boolean
  /** Odoo answers relations with the records: `web_read` with a specification (17 and on). */
  readonly nestedReads: boolean
}

/** The most records that a condition on related records may match where it has to be looked up beforehand. */
export const PRESEARCH_CAP = 1000

/** Records of another model that have to be found before a domain can be written. */
export type Presearch = {
  /** Equal for equal searches. */
  readonly key: string
  readonly model: string
  readonly domain: Domain
  /** Search by name instead of by domain alone (`name_search`). */
  readonly name?: { readonly operator: string; readonly text: string }
}

/** A fact that the planner needs and does not have. */
export type MissingFact =
  | { readonly kind: 'schema'; readonly model: string }
  | { readonly kind: 'presearch'; readonly presearch: Presearch }

/** What a planner answers: a plan, or the fact that it stopped at. Refusals are thrown as GatehouseError. */
export type Planned<Plan> =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'missing'; readonly fact: MissingFact }

/** Who plans, and with what knowledge. */
export type Planning = Caller & { readonly facts: PlanFacts }

/** A model that the caller was let into: the API exposes the verb, the scopes give it, and Odoo has the model. */
export type Place = {
  readonly exposure: Exposure
  /** As this API shows it: without fields that would tell about records beyond a forced domain. */
  readonly schema: ModelSchema
  /** Those fields. */
  readonly hidden: ReadonlySet<string>
  /** The forced domain for this caller; every query on the model holds it. */
  readonly rowFilter: Domain | undefined
}

/** Runs a planner up to its end or to the first fact that is missing. */
export function planned<Plan>(plan: () => Plan): Planned<Plan> {
  try {
    return { kind: 'plan', plan: plan() }
  } catch (thrown) {
    if (thrown instanceof FactMissing) return { kind: 'missing', fact: thrown.fact }
    throw thrown
  }
}

/**
 * Decides one action on one model. Only a model that is exposed is ever asked for in Odoo.
 *
 * @throws GatehouseError by `policy/errors.ts`; a model that Odoo does not have is answered like one not exposed.
 */
export function enter(planning: Planning, verb: RecordVerb, model: string): Place {
  const decision = decide(planning, verb, model)
  if (decision.kind === 'denied') throw refusal(decision, planning)
  const schema = planning.facts.schemas.get(model)
  if (schema !== undefined) {
    return { exposure: decision.exposure, ...shownSchema(planning.api, schema), rowFilter: decision.rowFilter }
  }
  if (!planning.facts.schemas.has(model)) throw new FactMissing({ kind: 'schema', model })
  throw refusal({ kind: 'denied', code: 'model.not_exposed', model, verb }, planning)
}

/** The ids that a pre-search found. */
export function presearched(planning: Planning, presearch: Presearch): readonly number[] | 'too_many' {
  const found = planning.facts.presearches.get(presearch.key)
  if (found === undefined) throw new FactMissing({ kind: 'presearch', presearch })
  return found
}

/** @throws GatehouseError `field.unknown` for a field that is not there or not readable. */
export function requireReadable({ exposure, schema }: Place, name: string): FieldSchema {
  const field = readableField(exposure, schema, name)
  if (field === undefined) throw unknownField(schema.model, name)
  return field
}

/** The model that a field leads to; undefined for a field that leads nowhere. */
export function relatedModel(field: FieldSchema): string | undefined {
  return fieldTypeFacts(field.type).relational ? field.relation : undefined
}

/** Stops a planner; caught by `planned` and nowhere else. No `Error`: a stack trace would cost more than the plan. */
class FactMissing {
  readonly fact: MissingFact

  constructor(fact: MissingFact) {
    this.fact = fact
  }
}
