import { isJsonObject } from '../kernel/json.ts'

/** What is wrong with one value of a policy, and where it is (`apis.2.name`). */
export type PlaceFault = { readonly path: string; readonly message: string }

/**
 * Databases that are not there, and names that two APIs of a policy have; told also of APIs with other faults.
 *
 * @param apis as they were written
 * @param databases the names of the databases that there are
 */
export function faultsOfPlaces(apis: readonly unknown[], databases: readonly string[]): PlaceFault[] {
  const taken = new Set<string>()
  return apis.flatMap((api, index): PlaceFault[] => {
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
