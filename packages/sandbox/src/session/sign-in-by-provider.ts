import { withCooldown } from '../credential/login-cooldown.ts'
import type { OAuthOwner } from '../credential/oauth-subject.ts'
import { secondFactorOf } from '../credential/second-factor.ts'
import type { Engine } from '../engine/contract.ts'
import { systemParameter } from '../engine/system-parameter.ts'
import { accessDenied, OdooFault, valueError } from '../fault/odoo-fault.ts'
import { copyRecords } from '../orm/copy.ts'
import { openOrm } from '../orm/open-orm.ts'
import { sql } from '../sql/sql-text.ts'
import type { Session } from './session-store.ts'
import { openFor } from './sign-in.ts'

/** A sign-in that a provider vouches for. */
export type ProviderSignIn = {
  readonly provider: number
  readonly owner: OAuthOwner
  readonly accessToken: string
  /** May somebody new be signed up? */
  readonly mayCreate: boolean
  readonly address: string
}

/**
 * Opens a session for the user whom a provider knows by this subject; half open when there is a second factor. Where
 * sign-up is open, somebody unknown becomes a user on the spot; else it is AccessDenied. The token is kept with the user,
 * which ends the sessions that an earlier one opened (odoo 18.0 auth_oauth, _auth_oauth_signin).
 */
export function signInByProvider(engine: Engine, given: ProviderSignIn, before: Session | undefined): Session {
  const { provider, owner, accessToken, address } = given
  const known = engine.db.get(sql`
    SELECT id FROM res_users WHERE oauth_uid = ${owner.subject} AND oauth_provider_id = ${provider} AND active = 1`)
  const uid = known === undefined ? signUp(engine, given) : Number(known.id)
  openOrm(engine, SUPERUSER, {}, true).store('res.users', uid, { oauth_access_token: accessToken })
  return withCooldown(engine, address, () =>
    openFor(engine, uid, secondFactorOf(engine, uid) === undefined ? 'whole' : 'half', before),
  )
}

/** Odoo's own user, who acts where nobody is signed in yet. */
const SUPERUSER = 1

/** A copy of the template for customers (odoo 18.0 auth_signup, _signup_create_user). */
function signUp(engine: Engine, { provider, owner, mayCreate }: ProviderSignIn): number {
  if (!mayCreate || systemParameter(engine, 'auth_signup.invitation_scope') !== 'b2c') throw accessDenied()
  const orm = openOrm(engine, SUPERUSER, { no_reset_password: true }, true)
  const template = Number(systemParameter(engine, 'base.template_portal_user_id'))
  if (engine.db.get(sql`SELECT id FROM res_users WHERE id = ${template}`) === undefined) {
    throw valueError('Signup: invalid template user')
  }
  const login = owner.email ?? `provider_${provider}_user_${owner.subject}`
  const values = {
    name: owner.name ?? login,
    login,
    email: login,
    oauth_provider_id: provider,
    oauth_uid: owner.subject,
    active: true,
  }
  try {
    const [id] = copyRecords(orm, orm.model('res.users'), [template], values)
    if (id === undefined) throw new TypeError('The template user was not copied')
    return id
  } catch (error) {
    // Somebody else may have the login: Odoo does not say so.
    if (error instanceof OdooFault) throw accessDenied()
    throw error
  }
}
