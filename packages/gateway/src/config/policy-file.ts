import { stringify } from 'yaml'
import { z } from 'zod'
import { ApiInput } from '../policy/api.ts'
import type { ApiDocument } from '../policy/api-document.ts'
import { explainIssue, parseYamlObject, SettingsError } from './setting-fault.ts'

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
  const parsed = PolicyFile.safeParse(parseYamlObject(name, text, 'apis: []'))
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.map((issue) => ({ path: issue.path.join('.') || name, message: explainIssue(issue) })),
    )
  }
  const { apis } = parsed.data
  const known = new Set<string>()
  const faults = apis.flatMap((api, index) => {
    const key = `${api.database}/${api.name}`
    const twice = known.has(key)
      ? [{ path: `apis.${index}.name`, message: 'is the name of another API of this database' }]
      : []
    known.add(key)
    return [
      ...twice,
      ...(databases.includes(api.database)
        ? []
        : [{ path: `apis.${index}.database`, message: unknownDatabase(api.database, databases) }]),
    ]
  })
  if (faults.length > 0) throw new SettingsError(faults)
  return apis
}

/** The same file from APIs. */
export function writePolicyFile(apis: readonly ApiDocument[]): string {
  return stringify({ apis }, { lineWidth: 120 })
}

function unknownDatabase(name: string, databases: readonly string[]): string {
  return `is "${name}", which is no configured database (there is: ${databases.join(', ')})`
}
