import type { UserPrincipal } from '../kernel/principal.ts'
import type { Api } from '../policy/api.ts'
import type { ApiDirectory } from '../policy/api-directory.ts'
import type { Caller } from '../policy/caller.ts'
import { isApiKey } from './api-keys/api-key.ts'
import type { ApiKeyVerifier } from './api-keys/verify-api-key.ts'
import { refuseContradiction } from './contradiction.ts'
import { presentedCredential } from './credential-positions.ts'
import { identityErrors } from './errors.ts'
import type { RequestFacts } from './request-facts.ts'

/** What finding the caller needs from outside. */
export type IdentifyCallerDeps = {
  readonly apis: ApiDirectory
  readonly tokens: { verifyAccessToken(token: string): Promise<UserPrincipal> }
  readonly keys: Pick<ApiKeyVerifier, 'verify'>
}

/**
 * Finds out who makes a call, and through which door: the token or key says both, and nothing else in the request can
 * change it, only contradict it.
 *
 * @throws credential.missing, credential.multiple, token.invalid, api_key.invalid, api_key.address_refused,
 *   database.contradiction, api.contradiction, api.way_in_closed
 */
export async function identifyCaller(
  request: RequestFacts,
  { apis, tokens, keys }: IdentifyCallerDeps,
): Promise<Caller> {
  const credential = presentedCredential(request.headerValues)
  if (credential === undefined) throw identityErrors['credential.missing']()
  const isKey = isApiKey(credential)
  const principal = isKey ? await keys.verify(credential, request) : await tokens.verifyAccessToken(credential)
  refuseContradiction(request, principal)
  const api = requireApi(apis, principal)
  // Asked anew in every call: the API may have closed this way since the key was made.
  if (isKey && !api.waysIn.includes('api_key')) throw identityErrors['api.way_in_closed']()
  return { principal, api, address: request.address }
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
