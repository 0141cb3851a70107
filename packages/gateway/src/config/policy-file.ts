import { stringify } from 'yaml'
import { z } from 'zod'
import { explainIssue } from '../kernel/explain-issue.ts'
import { isJsonObject } from '../kernel/json.ts'
import { ApiInput } from '../policy/api.ts'
import type { ApiDocument } from '../policy/api-document.ts'
import { parseYamlObject, SettingsError, type SettingsFault } from './setting-fault.ts'

/** The most APIs that one file may hold. */
const APIS_MAX = 200

const PolicyFile = z.strictObject({ apis: z.array(ApiInput).max(APIS_MAX) })

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

/** Databases that are not there, and names that two APIs have; told also of APIs with other faults. */
function faultsOfPlaces(apis: readonly unknown[], databases: readonly string[]): SettingsFault[] {
  const taken = new Set<string>()
  return apis.flatMap((api, index): SettingsFault[] => {
    if (!isJsonObject(api) || typeof api.database !== 'string') return []
    const key = `${api.database}/${String(api.name)}`
    const path = `apis.${index}`
    const twice = taken.has(key)
      ? [{ path: `${path}.name`, message: 'is the name of another API of this database' }]
      : []
    taken.add(key)
    if (databases.includes(api.database)) return twice
    const message = `is "${api.database}", which is no configured database (there is: ${databases.join(', ')})`
    return [...twice, { path: `${path}.database`, message }]
  })
}

/** The same file from APIs. */
export function writePolicyFile(apis: readonly ApiDocument[]): string {
  return stringify({ apis }, { lineWidth: 120 })
}
