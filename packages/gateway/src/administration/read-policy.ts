import { z } from 'zod'
import { explainIssue } from '../kernel/explain-issue.ts'
import { isJsonObject, type JsonObject } from '../kernel/json.ts'
import { ApiInput, POLICY_APIS_MAX } from '../policy/api.ts'
import { faultsOfPlaces } from '../policy/places.ts'
import { administrationErrors } from './errors.ts'

/** A policy as `gatehouse export` writes it, and what to do with it. */
export const PolicyInput = z.strictObject({
  apis: z.array(ApiInput).max(POLICY_APIS_MAX),
  /** Remove stored APIs that are not in it. */
  prune: z.boolean().default(false),
  /** Change nothing, and tell what would change. */
  check: z.boolean().default(false),
})

/** A policy after every check. */
export type PolicyInput = z.output<typeof PolicyInput>

/**
 * Checks a policy as the policy file of `gatehouse apply` is checked.
 *
 * @param databases the names of the databases that there are
 * @throws admin.invalid with every fault at once, as `errors: [{path, message}]`
 */
export function readPolicy(document: unknown, databases: readonly string[]): PolicyInput {
  const parsed = PolicyInput.safeParse(document)
  const apis = isJsonObject(document) && Array.isArray(document.apis) ? document.apis : []
  const errors: JsonObject[] = [
    ...(parsed.error?.issues ?? []).map((issue) => ({ path: issue.path.join('.'), message: explainIssue(issue) })),
    ...faultsOfPlaces(apis, databases),
  ]
  if (parsed.success && errors.length === 0) return parsed.data
  throw administrationErrors['admin.invalid']({
    message: `The policy has ${errors.length === 1 ? 'a fault' : `${errors.length} faults`}; nothing was changed.`,
    data: { extra: { errors } },
  })
}
