import type { Domain } from '@odoo-gatehouse/odoo/domain'
import type { GatehouseError } from '../kernel/error.ts'
import type { Api, Exposure } from './api.ts'
import type { Caller } from './caller.ts'
import { policyErrors } from './errors.ts'
import { bindForcedDomain } from './forced-domain.ts'
import { isModelName } from './model-name.ts'
import { scopesGrant } from './scope.ts'
import type { RecordVerb } from './verb.ts'

/** May a caller do something with the records of a model? No rule is no. */
export type Decision = Allowed | Denied

/** Yes, within bounds. The plan ANDs `rowFilter` into the query; it is never applied to results. */
export type Allowed = {
  readonly kind: 'allowed'
  readonly exposure: Exposure
  /** The exposure's forced domain for this caller; undefined: every record that Odoo shows. */
  readonly rowFilter: Domain | undefined
}

/** No, and why. */
export type Denied = {
  readonly kind: 'denied'
  readonly code: 'model.not_exposed' | 'verb.not_exposed' | 'scope.insufficient'
  readonly model: string
  readonly verb: RecordVerb
}

/**
 * Decides one action on one model: the API has to expose the verb, and a scope of the grant and of the API to give it.
 * Pure. Every hop of a path, every relation and every x2many command is decided here, as an action of its own on its
 * model.
 *
 * @throws company.unknown where the forced domain asks for the company of a user of whom Odoo tells none
 */
export function decide(caller: Caller, verb: RecordVerb, model: string): Decision {
  const judged = judge(caller.api, caller.principal.scopes, verb, model)
  if (judged.kind === 'denied') return judged
  const { exposure } = judged
  const rowFilter = exposure.forced === undefined ? undefined : bindForcedDomain(exposure.forced, caller)
  return { kind: 'allowed', exposure, rowFilter }
}

/**
 * The part of a decision that is the same for all users.
 *
 * @param scopes those of the grant
 */
export function judge(
  api: Api,
  scopes: readonly string[],
  verb: RecordVerb,
  model: string,
): Denied | Pick<Allowed, 'kind' | 'exposure'> {
  const exposure = api.exposures.get(model)
  if (exposure === undefined) return { kind: 'denied', code: 'model.not_exposed', model, verb }
  if (!exposure.verbs.has(verb)) return { kind: 'denied', code: 'verb.not_exposed', model, verb }
  // Both, for the API may have been narrowed since the grant was made.
  if (!scopesGrant(scopes, model, verb) || !scopesGrant(api.scopes, model, verb)) {
    return { kind: 'denied', code: 'scope.insufficient', model, verb }
  }
  return { kind: 'allowed', exposure }
}

/** The error for a denial. Only administrators are told how to open what is closed. */
export function refusal(denied: Denied, caller: Caller): GatehouseError {
  const make = policyErrors[denied.code]
  const model = isModelName(denied.model) ? `"${denied.model}"` : 'of this name'
  const { administrator } = caller.principal
  switch (denied.code) {
    case 'model.not_exposed':
      // The model is not named: the answers for an unknown model and for a closed one are the same to the letter.
      return administrator && isModelName(denied.model)
        ? make({ message: `${make().message} ${howToExpose(caller, denied)}` })
        : make()
    case 'verb.not_exposed': {
      const closed = `This API does not allow to ${denied.verb} records of the model ${model}.`
      return make({ message: administrator ? `${closed} ${howToExpose(caller, denied)}` : closed })
    }
    case 'scope.insufficient':
      return make({ message: `The token's scopes do not allow to ${denied.verb} records of the model ${model}.` })
  }
}

/** The command sets all verbs of the exposure, so that those that it has are named, too. */
function howToExpose({ api }: Caller, { model, verb }: Denied): string {
  const verbs = [...(api.exposures.get(model)?.verbs ?? []), verb].join(',')
  const command = `gatehouse api expose ${api.name} ${model} --verbs ${verbs} --database ${api.database}`
  return `To open it, run \`${command}\`; an API that is set in the settings file is opened there, under its "exposures".`
}
