import type { Api } from '../policy/api.ts'
import type { ApiDirectory } from '../policy/api-directory.ts'
import { chooseDatabase } from './choose-database.ts'
import { identityErrors } from './errors.ts'
import { namedApis } from './named-api.ts'
import { namedDatabases } from './named-database.ts'
import type { RequestFacts } from './request-facts.ts'

/** Where a sign-in leads: a database, and the API through which it will be used. */
export type Door = { readonly database: string; readonly api: Api }

/** What choosing a door needs from outside. */
export type ChooseDoorDeps = {
  /** The names of the databases behind the gateway, at least one. */
  readonly databases: readonly string[]
  readonly apis: ApiDirectory
}

/**
 * The door of a request that no token binds yet: its database, and the API that `X-Gatehouse-Api` names, else the
 * database's default.
 *
 * @throws signin.denied (an unknown database), database.ambiguous, api.unknown
 */
export function chooseDoor(request: RequestFacts, { databases, apis }: ChooseDoorDeps): Door {
  const database = chooseDatabase(namedDatabases(request), databases)
  const [name, ...others] = new Set(namedApis(request))
  const api = name === undefined ? apis.defaultOf(database) : apis.find(database, name)
  if (api === undefined || others.length > 0) throw identityErrors['api.unknown']()
  return { database, api }
}
