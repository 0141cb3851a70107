import { explainIssue } from '../kernel/explain-issue.ts'
import { isJsonObject, type JsonObject } from '../kernel/json.ts'
import { ApiInput } from '../policy/api.ts'
import type { PlaceFault } from '../policy/places.ts'
import { administrationErrors } from './errors.ts'

/**
 * Checks an API as the settings file has it.
 *
 * @param faultsBefore what is wrong besides: where the API is to be
 * @throws admin.invalid with every fault at once, in its sentence and as `errors: [{path, message}]`
 */
export function readApi(document: unknown, faultsBefore: readonly PlaceFault[] = []): ApiInput {
  const parsed = ApiInput.safeParse(document)
  if (parsed.success && faultsBefore.length === 0) return parsed.data
  const issues = parsed.error?.issues ?? []
  const errors: readonly JsonObject[] = [
    ...faultsBefore,
    ...issues.map((issue) => ({ path: showPath(issue.path, document), message: explainIssue(issue) })),
  ]
  const faults = errors.map(({ path, message }) => `${path || 'the API'} ${message}`)
  throw administrationErrors['admin.invalid']({
    message: `${faults.length === 1 ? 'A value is' : 'These values are'} wrong: ${faults.join('; ')}.`,
    data: { extra: { errors } },
  })
}

/** An exposure is told by its model: `exposures.res.partner.verbs`, since nobody counts them. */
function showPath([first, second, ...rest]: readonly PropertyKey[], document: unknown): string {
  const exposures = isJsonObject(document) && first === 'exposures' ? document.exposures : undefined
  const exposure = Array.isArray(exposures) && typeof second === 'number' ? exposures[second] : undefined
  const named = isJsonObject(exposure) && typeof exposure.model === 'string' ? exposure.model : second
  return [first, named, ...rest].filter((step) => step !== undefined).join('.')
}
