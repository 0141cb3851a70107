import type { GivenApis } from '../administration/effective-apis.ts'
import type { Settings } from '../config/settings.ts'
import { demoApis } from './demo/demo-apis.ts'

/** The database of the sandbox. */
export const DEMO_DATABASE = 'demo'

/** The names of the databases that the gateway of these settings has. */
export function databaseNames({ databases }: Pick<Settings, 'databases'>): readonly string[] {
  return databases.length === 0 ? [DEMO_DATABASE] : databases.map(({ name }) => name)
}

/** The APIs beside those of the store: of the settings file and, on the sandbox, of the demo. */
export function givenApis({ databases, apis }: Pick<Settings, 'databases' | 'apis'>): GivenApis {
  return { settings: apis, demo: databases.length === 0 ? demoApis(DEMO_DATABASE) : [] }
}
