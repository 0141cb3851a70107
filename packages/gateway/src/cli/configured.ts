import type { GivenApis } from '../administration/effective-apis.ts'
import type { Settings } from '../config/settings.ts'
import type { DatabaseChoice } from '../identity/choose-database.ts'
import type { DefaultApis } from '../policy/api-directory.ts'
import { demoApis } from './demo/demo-apis.ts'

/** The database of the sandbox. */
export const DEMO_DATABASE = 'demo'

/** The names of the databases that the gateway of these settings has. */
export function databaseNames({ databases }: Pick<Settings, 'databases'>): readonly string[] {
  return databases.length === 0 ? [DEMO_DATABASE] : databases.map(({ name }) => name)
}

/** The databases, as far as a sign-in chooses among them. */
export function databaseChoice({ databases }: Pick<Settings, 'databases'>): DatabaseChoice {
  const names = databaseNames({ databases })
  const hosts = databases.flatMap(({ name, hosts: list }) => list.map((host): [string, string] => [host, name]))
  const fallback = databases.find((database) => database.default)?.name
  return { names, byHost: new Map(hosts), fallback: fallback ?? (names.length === 1 ? names[0] : undefined) }
}

/** The default APIs that have another name than `default`. */
export function defaultApis({ databases }: Pick<Settings, 'databases'>): DefaultApis {
  return new Map(databases.map(({ name, defaultApi }) => [name, defaultApi]))
}

/** The APIs beside those of the store: of the settings file and, on the sandbox, of the demo. */
export function givenApis({ databases, apis }: Pick<Settings, 'databases' | 'apis'>): GivenApis {
  return { settings: apis, demo: databases.length === 0 ? demoApis(DEMO_DATABASE) : [] }
}
