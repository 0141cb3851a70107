import type { Api } from './api.ts'

/** The name of the API that a sign-in is for when neither the request nor its database names one. */
export const DEFAULT_API = 'default'

/** The names of default APIs by database, of those that do not call it `default`. */
export type DefaultApis = ReadonlyMap<string, string>

/** Every API of the gateway, by database and name. */
export type ApiDirectory = {
  /** The API of that name; undefined when the database has none. */
  find(database: string, name: string): Api | undefined
  /** The API for sign-ins that name none. */
  defaultOf(database: string): Api | undefined
  /** All of them. */
  all(): readonly Api[]
}

/** A directory over a list that does not change. Of two APIs with one database and name the last counts. */
export function apiDirectory(apis: readonly Api[], defaults: DefaultApis = new Map()): ApiDirectory {
  const byKey = new Map(apis.map((api) => [keyOf(api.database, api.name), api]))
  const find = (database: string, name: string) => byKey.get(keyOf(database, name))
  const all = [...byKey.values()]
  return { find, defaultOf: (database) => find(database, defaults.get(database) ?? DEFAULT_API), all: () => all }
}

/** No name of an API has a slash in it. */
function keyOf(database: string, name: string): string {
  return `${name}/${database}`
}
