import { isForAdministration } from '../kernel/administration-scope.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { Administrator } from './administrator.ts'
import { administrationErrors } from './errors.ts'
import { isOwnerToken, type OwnersDeps, ownerBehind } from './owners.ts'
import type { SettingsMembers } from './settings-members.ts'

/** What letting somebody in takes. */
export type AdmitAdministratorDeps = {
  readonly owners: OwnersDeps
  readonly tokens: { verifyAccessToken(token: string): Promise<UserPrincipal> }
  readonly members: SettingsMembers
  /** The databases that there are. */
  readonly databases: readonly string[]
}

/**
 * Finds out who administers. A bootstrap token is used up by it.
 *
 * @param token after `Bearer`; there is no other way in, above all no cookie
 * @throws admin.token, token.invalid, admin.not_for_administration, admin.not_a_member, admin.odoo_away
 */
export async function admitAdministrator(token: string, deps: AdmitAdministratorDeps): Promise<Administrator> {
  if (isOwnerToken(token)) {
    const owner = await ownerBehind(token, deps.owners)
    if (owner === undefined) throw administrationErrors['admin.token']()
    return { kind: 'owner', owner }
  }
  const principal = await deps.tokens.verifyAccessToken(token)
  const isConfigured = deps.databases.includes(principal.database)
  if (!isForAdministration(principal) || !isConfigured) {
    throw administrationErrors['admin.not_for_administration']()
  }
  if (!(await deps.members.isMember(principal))) throw administrationErrors['admin.not_a_member']()
  return { kind: 'member', principal }
}

/**
 * The token of `Authorization: Bearer <token>`.
 *
 * @throws admin.token_missing
 */
export function bearerOf(authorization: readonly string[]): string {
  const [value, ...others] = authorization
  const [, token] = /^Bearer +(\S+) *$/i.exec(value ?? '') ?? []
  if (token === undefined || others.length > 0) throw administrationErrors['admin.token_missing']()
  return token
}
