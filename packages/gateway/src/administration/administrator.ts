import type { UserPrincipal } from '../kernel/principal.ts'
import type { Owner } from '../store/owners.ts'
import { administrationErrors } from './errors.ts'

/**
 * Who administers: an owner, who may do everything, or a member of Odoo's Settings group, who may change what belongs to
 * their own database.
 */
export type Administrator =
  | { readonly kind: 'owner'; readonly owner: Owner }
  | { readonly kind: 'member'; readonly principal: UserPrincipal }

/** How the audit trail names them: `owner:ada`, `admin@production`. */
export function nameOf(administrator: Administrator): string {
  if (administrator.kind === 'owner') return `owner:${administrator.owner.name}`
  const { login, database } = administrator.principal
  return `${login}@${database}`
}

/**
 * Lets owners pass: the node itself, its keys and its databases are theirs alone.
 *
 * @throws admin.forbidden
 */
export function requireOwner(administrator: Administrator): void {
  if (administrator.kind === 'owner') return
  throw administrationErrors['admin.forbidden']({
    message: 'Only owners of this node may do that: an owner is made with `gatehouse owner add NAME`.',
  })
}

/**
 * Lets pass who administers this database.
 *
 * @throws admin.forbidden, the same for a database that there is and for one that there is not
 */
export function requireDatabase(administrator: Administrator, database: string): void {
  if (administrator.kind === 'owner' || administrator.principal.database === database) return
  throw administrationErrors['admin.forbidden']({
    message: `You administer the database "${administrator.principal.database}" alone.`,
  })
}

/**
 * The database that a listing is about: the one that is asked for, or the administrator's own. Undefined: all.
 *
 * @throws admin.forbidden
 */
export function databaseOf(administrator: Administrator, asked: string | undefined): string | undefined {
  if (asked !== undefined) requireDatabase(administrator, asked)
  return administrator.kind === 'member' ? administrator.principal.database : asked
}
