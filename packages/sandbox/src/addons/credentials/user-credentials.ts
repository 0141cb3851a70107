import { checkRecords } from '../../access/check-records.ts'
import { clearSecondFactor, secondFactorOf } from '../../credential/second-factor.ts'
import type { Behaviour, MethodCall, Orm } from '../../engine/contract.ts'
import { accessError, userError } from '../../fault/odoo-fault.ts'
import { changePassword } from '../../models/res-users.ts'
import { idsToRead } from '../../orm/record-ids.ts'
import { endSessionsOf } from '../../session/session-store.ts'
import { sql } from '../../sql/sql-text.ts'
import { removeKeys } from './api-key.ts'
import { checkIdentity, formAction, RELOAD } from './check-identity.ts'
import { notice, openTotpWizard } from './totp-wizard.ts'

/** What users may do about their own keys, second factor, browsers and sessions, and administrators about others'. */
export const userCredentials: Behaviour = {
  computed: {
    has_oauth_access_token: (orm, ids) => {
      const rows = orm.engine.db.all(sql`SELECT id FROM res_users WHERE oauth_access_token IS NOT NULL`)
      const having = new Set(rows.map((row) => Number(row.id)))
      return new Map(ids.map((id) => [id, having.has(id)]))
    },
  },
  searched: {
    totp_enabled: (orm, operator, value) => {
      const rows = orm.engine.db.all(sql`SELECT user_id FROM sandbox_credential WHERE totp_secret IS NOT NULL`)
      const wanted = (operator === '!=') !== Boolean(value)
      return [['id', wanted ? 'in' : 'not in', rows.map((row) => Number(row.user_id))]]
    },
  },
  methods: [
    checkIdentity({ name: 'api_key_wizard', on: 'records', params: [], run: apiKeyWizard }),
    checkIdentity({ name: 'preference_change_password', on: 'records', params: [], run: passwordWizard }),
    checkIdentity({ name: 'action_totp_enable_wizard', on: 'records', params: [], run: enableSecondFactor }),
    checkIdentity({ name: 'action_totp_disable', on: 'records', params: [], run: disableSecondFactor }),
    checkIdentity({
      name: 'revoke_all_devices',
      on: 'records',
      params: [],
      run: (call) => void removeTrust(call.orm, idsToRead(call)),
    }),
    { name: 'action_revoke_all_devices', on: 'records', params: [], until: 17, run: askToLogOut },
    checkIdentity({ name: 'action_revoke_all_devices', on: 'records', params: [], since: 18, run: logOutElsewhere }),
    { name: 'change_password', on: 'model', params: ['old_passwd', 'new_passwd'], run: changeOwnPassword },
    { name: 'remove_oauth_access_token', on: 'records', params: [], since: 19, run: removeOAuthToken },
  ],
}

function apiKeyWizard(): Record<string, unknown> {
  return formAction('res.users.apikeys.description', 'New API Key')
}

function passwordWizard(): Record<string, unknown> {
  return { type: 'ir.actions.act_window', target: 'new', res_model: 'change.password.own', view_mode: 'form' }
}

function enableSecondFactor(call: MethodCall): Record<string, unknown> {
  const { orm, ids } = call
  if (ids.length !== 1 || ids[0] !== orm.uid) {
    throw userError('Two-factor authentication can only be enabled for yourself')
  }
  if (secondFactorOf(orm.engine, orm.uid) !== undefined) {
    throw userError('Two-factor authentication already enabled')
  }
  return openTotpWizard(call)
}

/** One's own, or anybody's for who manages access rights; else nothing happens. */
function disableSecondFactor(call: MethodCall): Record<string, unknown> | false {
  const { orm, model, session } = call
  const ids = idsToRead(call)
  checkRecords(orm, model, ids, 'read')
  const own = ids.length === 1 && ids[0] === orm.uid
  if (!own && !orm.user().groups.has('base.group_erp_manager')) return false
  removeTrust(orm, ids)
  for (const id of ids) clearSecondFactor(orm.engine, id)
  if (own) session?.renew()
  const names = [...orm.asSuperuser().values(model.name, ids, ['name']).values()].map(({ name }) => name)
  return notice('warning', `Two-factor authentication disabled for the following user(s): ${names.join(', ')}`)
}

/** Browsers of these users are asked for the second factor again. */
function removeTrust(orm: Orm, users: readonly number[]): void {
  removeKeys(orm, 'auth_totp.device', orm.search('auth_totp.device', [['user_id', 'in', users]]))
}

function askToLogOut({ orm }: MethodCall): Record<string, unknown> {
  return {
    name: 'Log out from all devices?',
    type: 'ir.actions.act_window',
    target: 'new',
    res_model: 'res.users.identitycheck',
    view_mode: 'form',
    view_id: orm.engine.version.credentials.logoutEverywhereForm ?? false,
    context: { ...orm.context, dialog_size: 'medium' },
  }
}

/** Ends the sessions of a user, but for the one that asks; an administrator may end anybody's. */
function logOutElsewhere({ orm, ids, session }: MethodCall): Record<string, unknown> {
  const isSystem = orm.user().groups.has('base.group_system')
  for (const id of ids) {
    if (id === orm.uid) session?.endOthers()
    else if (isSystem && typeof id === 'number') endSessionsOf(orm.engine, id)
  }
  return RELOAD
}

/** A new password asks every browser for the second factor again (auth_totp, change_password). */
function changeOwnPassword(call: MethodCall): boolean {
  removeTrust(call.orm.asSuperuser(), [call.orm.uid])
  return changePassword(call)
}

function removeOAuthToken({ orm, model, ids }: MethodCall): void {
  const own = ids.length === 1 && ids[0] === orm.uid
  if (!own && !orm.user().groups.has('base.group_erp_manager')) {
    throw accessError('You do not have permissions to remove the access token')
  }
  for (const id of ids) if (typeof id === 'number') orm.store(model.name, id, { oauth_access_token: null })
}
