import { printDomain, type WireDomain } from '@odoo-gatehouse/odoo/domain'
import type { Api, Exposure } from './api.ts'
import { type Denied, judge } from './decide.ts'
import { bindForcedDomain, type ForcedDomain } from './forced-domain.ts'
import { FULL_SCOPES, scopesGrant } from './scope.ts'
import type { RecordVerb } from './verb.ts'

/** What somebody who writes a policy asks: may this user do that through this API? */
export type PolicyQuestion = {
  readonly model: string
  readonly verb: RecordVerb
  /** The Odoo user; without one, what placeholders stand for is left open. */
  readonly uid?: number | undefined
  /** Those of the sign-in or key; of a sign-in with a password, when absent. */
  readonly scopes?: readonly string[] | undefined
}

/** The decision, and what it rests on. */
export type PolicyExplanation = {
  readonly allowed: boolean
  /** `exposed`, or the code of the refusal. */
  readonly reason: Reason
  /** One sentence for whoever writes the policy. */
  readonly why: string
  /** What the exposure shows, where the model is exposed. */
  readonly exposure: ExplainedExposure | undefined
}

/** Why an action is allowed, or the code with which a call is refused. */
export type Reason = 'exposed' | Denied['code'] | 'domain.create_refused'

/** The bounds within which an action is allowed. Odoo's own rights and rules come on top. */
export type ExplainedExposure = {
  readonly verbs: readonly RecordVerb[]
  readonly readableFields: readonly string[] | 'all'
  readonly writableFields: readonly string[] | 'all'
  /** The forced domain for this user, with the placeholders that are not known. */
  readonly forcedDomain: WireDomain | undefined
  /** Fields that every new record gets, and those that cannot be written. */
  readonly forcedFields: readonly string[]
  readonly lockedFields: readonly string[]
  readonly methods: readonly string[]
  readonly limitMax: number
}

/** Answers by the same judgement that calls meet. Pure. */
export function explain(api: Api, question: PolicyQuestion): PolicyExplanation {
  const { model, verb, scopes = FULL_SCOPES } = question
  const judged = judge(api, scopes, verb, model)
  const exposure = api.exposures.get(model)
  const refused = judged.kind === 'denied' ? judged.code : createRefusal(exposure, verb)
  return {
    allowed: refused === undefined,
    reason: refused ?? 'exposed',
    why: WHY[refused ?? 'exposed'](api, question),
    exposure: exposure === undefined ? undefined : shown(exposure, question),
  }
}

/** What a decision rests on, for people. */
const WHY = {
  exposed: ({ name }, { model, verb }) =>
    `The API "${name}" exposes "${model}" for "${verb}"; Odoo's own rights of the user decide the rest.`,
  'model.not_exposed': ({ name }, { model }) =>
    `The API "${name}" does not expose "${model}": nobody gets at it through this API.`,
  'verb.not_exposed': ({ name, exposures }, { model, verb }) =>
    `The API "${name}" exposes "${model}" for ${[...(exposures.get(model)?.verbs ?? [])].join(', ')}, and not for "${verb}".`,
  'scope.insufficient': ({ name, scopes }, { model, verb }) =>
    scopesGrant(scopes, model, verb)
      ? `The API "${name}" exposes that, and the scopes of the sign-in do not hold "${model}:${verb}".`
      : `The API "${name}" exposes that, and its own "scopes" do not hold "${model}:${verb}".`,
  'domain.create_refused': ({ name }, { model }) =>
    `The forced domain of "${model}" in the API "${name}" has terms other than "=": nobody could tell whether a new record lies in it.`,
} as const satisfies Record<Reason, (api: Api, question: PolicyQuestion) => string>

/** The same rule that writes meet (`records/forced-fields.ts`): records are created only where all terms are values. */
function createRefusal(exposure: Exposure | undefined, verb: RecordVerb): 'domain.create_refused' | undefined {
  const isLocked = (exposure?.forced?.lockedFields.size ?? 0) > 0
  return verb === 'create' && isLocked ? 'domain.create_refused' : undefined
}

function shown(exposure: Exposure, { uid }: PolicyQuestion): ExplainedExposure {
  const { forced } = exposure
  return {
    verbs: [...exposure.verbs],
    readableFields: namesOf(exposure.readableFields),
    writableFields: namesOf(exposure.writableFields),
    forcedDomain: forced === undefined ? undefined : printDomain(boundAsFarAsKnown(forced, uid)),
    forcedFields: [...(forced?.values.keys() ?? [])],
    lockedFields: [...(forced?.lockedFields ?? [])],
    methods: [...exposure.methods],
    limitMax: exposure.limitMax,
  }
}

function namesOf(fields: ReadonlySet<string> | 'all'): readonly string[] | 'all' {
  return fields === 'all' ? 'all' : [...fields]
}

/** The company of a user is known to Odoo alone: a domain that asks for it is shown as it was written. */
function boundAsFarAsKnown(forced: ForcedDomain, uid: number | undefined) {
  if (uid === undefined || forced.placeholders.has('$company_id')) return forced.domain
  return bindForcedDomain(forced, { principal: { uid } })
}
