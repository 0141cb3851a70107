import type { UserPrincipal } from '../kernel/principal.ts'
import type { Grant } from '../store/grants.ts'

/** Who calls with a credential of this grant. */
export function principalOf(grant: Grant): UserPrincipal {
  return {
    kind: 'user',
    database: grant.database,
    uid: grant.uid,
    login: grant.login,
    grantId: grant.id,
    api: grant.api,
    clientId: grant.clientId,
    scopes: grant.scopes,
    administrator: grant.administrator,
  }
}
