import { stringify } from 'yaml'
import { z } from 'zod'
import { explainIssue } from '../kernel/explain-issue.ts'
import { ApiInput, POLICY_APIS_MAX } from '../policy/api.ts'
import type { ApiDocument } from '../policy/api-document.ts'
import { faultsOfPlaces } from '../policy/places.ts'
import { parseYamlObject, SettingsError } from './setting-fault.ts'

const PolicyFile = z.strictObject({ apis: z.array(ApiInput).max(POLICY_APIS_MAX) })

/**
 * Reads a policy file: `apis:` as in the settings file.
 *
 * @param databases the names of the databases that there are
 * @throws SettingsError with every fault at once, each by its path
 */
export function readPolicyFile(name: string, text: string, databases: readonly string[]): readonly ApiInput[] {
  const content = parseYamlObject(name, text, 'apis: []')
  const parsed = PolicyFile.safeParse(content)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => ({
      path: issue.path.join('.') || name,
      message: explainIssue(issue),
    })),
    ...faultsOfPlaces(Array.isArray(content.apis) ? content.apis : [], databases),
  ]
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults)
  return parsed.data.apis
}

/** The same file from APIs. */
export function writePolicyFile(apis: readonly ApiDocument[]): string {
  return stringify({ apis }, { lineWidth: 120 })
}
