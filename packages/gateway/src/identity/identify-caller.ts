import type { UserPrincipal } from '../kernel/principal.ts'
import type { Api } from '../policy/api.ts'
import type { ApiDirectory } from '../policy/api-directory.ts'
import type { Caller } from '../policy/caller.ts'
import { refuseContradiction } from './contradiction.ts'
import { presentedCredential } from './credential-positions.ts'
import { identityErrors } from './errors.ts'
import type { RequestFacts } from './request-facts.ts'

/** What finding the caller needs from outside. */
export type IdentifyCallerDeps = {
  readonly apis: ApiDirectory
  readonly tokens: { verifyAccessToken(token: string): Promise<UserPrincipal> }
}

/**
 * Finds out who makes a call, and through which door: the token says both, and nothing else in the request can change
 * it, only contradict it.
 *
 * @throws credential.missing, credential.multiple, token.invalid, database.contradiction, api.contradiction
 */
export async function identifyCaller(request: RequestFacts, { apis, tokens }: IdentifyCallerDeps): Promise<Caller> {
  const credential = presentedCredential(request.headerValues)
  if (credential === undefined) throw identityErrors['credential.missing']()
  const principal = await tokens.verifyAccessToken(credential)
  refuseContradiction(request, principal)
  return { principal, api: requireApi(apis, principal) }
}

/**
 * The door that a grant was made for.
 *
 * @throws api.unknown when it was taken away since
 */
export function requireApi(apis: ApiDirectory, token: { readonly database: string; readonly api: string }): Api {
  const api = apis.find(token.database, token.api)
  if (api === undefined) throw identityErrors['api.unknown']({ internal: `the API ${token.api} is gone` })
  return api
}
