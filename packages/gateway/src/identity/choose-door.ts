import { GatehouseError } from '../kernel/error.ts'
import type { Observe } from '../kernel/observation.ts'
import type { Api } from '../policy/api.ts'
import type { ApiDirectory } from '../policy/api-directory.ts'
import { chooseDatabase, type DatabaseChoice } from './choose-database.ts'
import { identityErrors } from './errors.ts'
import { namedApis } from './named-api.ts'
import { namedDatabases } from './named-database.ts'
import type { RequestFacts } from './request-facts.ts'

/** Where a sign-in leads: a database, and the API through which it will be used. */
export type Door = { readonly database: string; readonly api: Api }

/** What choosing a door needs from outside. */
export type ChooseDoorDeps = {
  readonly databases: DatabaseChoice
  readonly apis: ApiDirectory
  readonly observe: Observe
}

/**
 * The door of a request that no token binds yet: its database, and the API that `X-Gatehouse-Api` names, else the
 * database's default.
 *
 * @throws signin.denied (an unknown database, or one without that or a default API), database.ambiguous, api.unknown
 */
export function chooseDoor(request: RequestFacts, deps: ChooseDoorDeps): Door {
  try {
    return findDoor(request, deps)
  } catch (error) {
    const { address, requestId } = request
    if (error instanceof GatehouseError) deps.observe({ kind: 'sign_in_misdirected', address, requestId })
    throw error
  }
}

function findDoor(request: RequestFacts, { databases, apis }: Omit<ChooseDoorDeps, 'observe'>): Door {
  const [name, ...others] = new Set(namedApis(request))
  // Before the database is looked at: a name that no database has is told alike, whichever is asked for.
  const isNowhere = name !== undefined && !apis.all().some((api) => api.name === name)
  if (isNowhere || others.length > 0) throw identityErrors['api.unknown']()
  const database = chooseDatabase(namedDatabases(request), request.headerValues('host')[0], databases)
  if (name === undefined) {
    const api = apis.defaultOf(database)
    if (api === undefined) throw identityErrors['signin.denied']({ internal: `${database} has no default API` })
    return { database, api }
  }
  const api = apis.find(database, name)
  // Like a database that is not configured, which could otherwise be told apart by the API of another.
  if (api === undefined) throw identityErrors['signin.denied']({ internal: `${database} has no API ${name}` })
  return { database, api }
}
