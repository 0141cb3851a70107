import type { Engine, Orm } from '../engine/contract.ts'
import { userContext } from '../models/res-users.ts'
import { openOrm } from '../orm/open-orm.ts'
import { ADMIN_CONSTANTS, INTERNAL_CONSTANTS, SESSION_CONSTANTS, USER_SETTINGS } from './session-constants.ts'

/**
 * What the web client learns of its session: `/web/session/get_session_info` and the answer of a sign-in. `baseUrl` is
 * the address that the client used.
 */
export function sessionInfo(engine: Engine, uid: number, baseUrl: string): Record<string, unknown> {
  const orm = openOrm(engine, uid, {})
  const user = orm.user()
  const names = orm.names('res.partner', [user.partnerId])
  const isSystem = user.groups.has('base.group_system')
  const { version } = engine
  const isInternal = user.groups.has('base.group_user')
  const isAdmin = user.groups.has('base.group_erp_manager')
  return {
    uid,
    is_system: isSystem,
    is_admin: isAdmin,
    ...(version.sessionFacts.tellsPublic && { is_public: user.groups.has('base.group_public') }),
    is_internal_user: isInternal,
    user_context: userContext(orm),
    db: engine.database,
    ...(version.sessionFacts.tellsGroups && {
      groups: { 'base.group_allow_export': user.groups.has('base.group_allow_export') },
    }),
    user_settings: { id: uid, user_id: { id: uid }, ...USER_SETTINGS[version.version] },
    ...serverVersion(engine),
    support_url: 'https://www.odoo.com/buy',
    name: user.name,
    username: user.login,
    partner_display_name: names.get(user.partnerId),
    partner_id: user.partnerId,
    'web.base.url': baseUrl,
    profile_session: null,
    profile_collectors: null,
    profile_params: null,
    max_file_upload_size: 134217728,
    home_action_id: false,
    currencies: currencies(orm),
    bundle_params: { lang: 'en_US' },
    ...SESSION_CONSTANTS[version.version],
    ...(isAdmin && ADMIN_CONSTANTS[version.version]),
    ...(version.sessionFacts.tellsUserId && { user_id: [uid] }),
    ...(version.sessionFacts.tellsPartnerDate && { partner_write_date: partnerDate(orm) }),
    ...(isInternal && { user_companies: companies(orm), ...INTERNAL_CONSTANTS[version.version] }),
  }
}

/** `server_version` and its parts, as version_info tells them, too. */
export function serverVersion(engine: Engine): { server_version: string; server_version_info: unknown[] } {
  const { serverVersion: text, version } = engine.version
  return { server_version: text, server_version_info: [version, 0, 0, 'final', 0, ''] }
}

function partnerDate(orm: Orm): unknown {
  const { partnerId } = orm.user()
  return orm.values('res.partner', [partnerId], ['write_date']).get(partnerId)?.write_date
}

function currencies(orm: Orm): Record<string, unknown> {
  const ids = orm.search('res.currency', [])
  const fields = ['name', 'symbol', 'position', 'decimal_places']
  return Object.fromEntries(
    [...orm.values('res.currency', ids, fields)].map(([id, { name, symbol, position, decimal_places: places }]) => [
      id,
      { ...(orm.engine.version.sessionFacts.namesCurrencies && { name }), symbol, position, digits: [69, places] },
    ]),
  )
}

function companies(orm: Orm): Record<string, unknown> {
  const user = orm.user()
  const records = orm.values('res.company', user.companyIds, [
    'name',
    'sequence',
    'child_ids',
    'parent_id',
    'currency_id',
  ])
  const allowed = [...records].map(([id, { name, sequence, child_ids, parent_id, currency_id }]) => [
    id,
    {
      id,
      name,
      sequence,
      child_ids,
      parent_id,
      ...(orm.engine.version.sessionFacts.namesCurrencies && { currency_id }),
    },
  ])
  return {
    current_company: user.companyId,
    allowed_companies: Object.fromEntries(allowed),
    disallowed_ancestor_companies: {},
  }
}
