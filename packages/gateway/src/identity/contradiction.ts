import { identityErrors } from './errors.ts'
import { namedApis } from './named-api.ts'
import { namedDatabases } from './named-database.ts'
import type { RequestFacts } from './request-facts.ts'

/**
 * Refuses a request that names another database or another API than its token: the token decides both, and a client
 * that believes otherwise must be told.
 *
 * @throws database.contradiction, api.contradiction
 */
export function refuseContradiction(
  request: RequestFacts,
  token: { readonly database: string; readonly api: string },
): void {
  for (const database of namedDatabases(request)) {
    if (database !== token.database) throw identityErrors['database.contradiction']()
  }
  for (const name of namedApis(request)) {
    if (name !== token.api) throw identityErrors['api.contradiction']()
  }
}
