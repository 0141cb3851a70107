import { groupId, groupLabel } from '../access/group-names.ts'
import { newPassword } from '../credential/new-password.ts'
import { isPassword, setPassword } from '../credential/password.ts'
import type { Behaviour, MethodCall, Orm, Values } from '../engine/contract.ts'
import { accessDenied, userError, validationError } from '../fault/odoo-fault.ts'
import { loadUser, withImplied } from '../orm/load-user.ts'
import { noSingleton } from '../orm/record-ids.ts'
import { listOf, sql } from '../sql/sql-text.ts'
import { pythonText } from '../value/python-text.ts'
import { USER_BUTTONS } from './buttons/people-buttons.ts'
import { everyone } from './same-for-all.ts'
import { zoneOffset } from './zone-offset.ts'

/** What users may change of themselves without rights on users (odoo 18.0 res_users.py, SELF_WRITEABLE_FIELDS). */
const OWN_FIELDS = new Set(
  'signature company_id email name image_1920 lang tz notification_type phone mobile tour_enabled odoobot_state out_of_office_message api_key_ids'.split(
    ' ',
  ),
)

/** Users: who signs in, what groups they are in. Their name, address and the like belong to their partner. */
export const resUsers: Behaviour = {
  computed: {
    password: (_orm, ids) => everyone(ids, ''),
    new_password: (_orm, ids) => everyone(ids, ''),
    // Nobody may read it; see the groups of the field.
    totp_secret: (_orm, ids) => everyone(ids, false),
    state: (orm, ids) => credentials(orm, ids, (row) => (row?.signed_in === 1 ? 'active' : 'new')),
    totp_enabled: (orm, ids) => credentials(orm, ids, (row) => row?.totp_secret != null),
    groups_count: (orm, ids) => new Map(ids.map((id) => [id, loadUser(orm.engine, id).groups.size])),
    companies_count: (orm, ids) => everyone(ids, orm.asSuperuser().search('res.company', []).length),
    tz_offset: (orm, ids) =>
      new Map(
        [...orm.values('res.users', ids, ['tz'])].map(([id, { tz }]) => [id, zoneOffset(tz, orm.engine.nowMs())]),
      ),
    all_group_ids: (orm, ids) => new Map(ids.map((id) => [id, allGroups(orm, id)])),
    role: (orm, ids) => new Map(ids.map((id) => [id, roleOf(orm, id)])),
  },
  inverse: {
    password: (orm, ids, value) => {
      for (const id of ids) setPassword(orm.engine, id, value ? pythonText(value) : '')
    },
    new_password: (orm, ids, value) => {
      if (value) for (const id of ids) setPassword(orm.engine, id, pythonText(value))
    },
  },
  defaults: { company_ids: (orm) => [[6, 0, [orm.user().companyId]]], company_id: (orm) => orm.user().companyId },
  beforeWrite: refuseArchiving,
  derived: [
    { when: ['groups_id', 'group_ids'], run: addImpliedGroups },
    { when: ['groups_id', 'group_ids'], run: deriveShare },
  ],
  checked: [
    { when: ['company_id', 'company_ids'], run: checkCompanies },
    { when: ['groups_id', 'group_ids'], run: checkKinds },
  ],
  beforeUnlink: refuseDeletion,
  copied: copiedUser,
  allows: (orm, operation, ids, fields) =>
    operation === 'write' && ids.length === 1 && ids[0] === orm.uid && fields.every((name) => OWN_FIELDS.has(name)),
  methods: [
    ...USER_BUTTONS,
    { name: 'context_get', on: 'model', params: [], run: ({ orm }) => userContext(orm) },
    {
      name: 'has_group',
      on: 'model',
      params: ['group_ext_id'],
      until: 17,
      run: (call) => hasGroup(call, call.orm.uid),
    },
    {
      name: 'has_group',
      on: 'records',
      params: ['group_ext_id'],
      since: 18,
      run: (call) => {
        const [id, ...more] = call.ids
        if (id === undefined || more.length > 0) throw noSingleton(call.model, call.ids)
        return hasGroup(call, Number(id))
      },
    },
    { name: 'change_password', on: 'model', params: ['old_passwd', 'new_passwd'], run: changePassword },
  ],
}

/** The language and zone of the user, as `context_get` and the session tell them. */
export function userContext(orm: Orm): Record<string, unknown> {
  const { lang, tz } = orm.asSuperuser().values('res.users', [orm.uid], ['lang', 'tz']).get(orm.uid) ?? {}
  return { lang, tz, uid: orm.uid }
}

function credentials(
  orm: Orm,
  ids: readonly number[],
  compute: (row: { totp_secret?: unknown; signed_in?: unknown } | undefined) => unknown,
): Map<number, unknown> {
  const rows = orm.engine.db.all(sql`SELECT * FROM sandbox_credential WHERE user_id IN ${listOf(ids)}`)
  const byUser = new Map(rows.map((row) => [Number(row.user_id), row]))
  return new Map(ids.map((id) => [id, compute(byUser.get(id))]))
}

function allGroups(orm: Orm, uid: number): number[] {
  const own = orm.asSuperuser().values('res.users', [uid], [orm.engine.version.groupsField]).get(uid)
  const groups = own?.[orm.engine.version.groupsField]
  return Array.isArray(groups) ? closureOf(orm, groups) : []
}

function closureOf(orm: Orm, groups: readonly number[]): number[] {
  return orm.engine.db.all(withImplied(groups)).map((row) => Number(row.id))
}

function roleOf(orm: Orm, uid: number): string | false {
  const { groups } = loadUser(orm.engine, uid)
  if (groups.has('base.group_system')) return 'group_system'
  return groups.has('base.group_user') ? 'group_user' : false
}

function addImpliedGroups(orm: Orm, ids: readonly number[]): void {
  const { groupsAreClosed, groupsField } = orm.engine.version
  if (!groupsAreClosed) return
  for (const [id, record] of orm.values('res.users', ids, [groupsField])) {
    const groups = record[groupsField]
    if (!Array.isArray(groups)) continue
    for (const group of closureOf(orm, groups)) {
      orm.engine.db.run(sql`INSERT OR IGNORE INTO res_groups_users_rel (uid, gid) VALUES (${id}, ${group})`)
    }
  }
}

/** Users outside the company share records with it; so do their partners. */
function deriveShare(orm: Orm, ids: readonly number[]): void {
  for (const id of ids) {
    const user = loadUser(orm.engine, id)
    const share = user.groups.has('base.group_user') ? 0 : 1
    orm.store('res.users', id, { share })
    orm.store('res.partner', user.partnerId, { partner_share: share })
  }
}

function checkCompanies(orm: Orm, ids: readonly number[]): void {
  for (const [id, record] of orm.values('res.users', ids, ['name', 'company_id', 'company_ids'])) {
    const allowed = Array.isArray(record.company_ids) ? record.company_ids : []
    if (typeof record.company_id !== 'number' || allowed.includes(record.company_id)) continue
    const names = orm.names('res.company', [record.company_id, ...allowed])
    const list = allowed.map((company) => names.get(company)).join(', ')
    const user = record.name || `res.users,${id}`
    throw validationError(
      `Company ${names.get(record.company_id)} is not in the allowed companies for user ${user} (${list}).`,
    )
  }
}

/** OdooBot stays archived, and nobody archives himself. */
function refuseArchiving(orm: Orm, ids: readonly number[], values: Values): Values {
  if (values.active === true && ids.includes(1)) throw userError('You cannot activate the superuser.')
  if (values.active === false && ids.includes(orm.uid)) {
    throw userError("You cannot deactivate the user you're currently logged in as.")
  }
  if (values.active === true) unarchivePartners(orm.asSuperuser(), ids)
  return values
}

/** A user that comes back brings its partner along. */
function unarchivePartners(orm: Orm, ids: readonly number[]): void {
  const partners = [...orm.values('res.users', ids, ['partner_id']).values()].map(({ partner_id: id }) => Number(id))
  for (const partner of partners) orm.store('res.partner', partner, { active: 1 })
}

const KINDS = ['base.group_user', 'base.group_portal', 'base.group_public']

/** A user works here, or is a customer, or nobody known: one of these. */
function checkKinds(orm: Orm, ids: readonly number[]): void {
  for (const id of ids) {
    const user = loadUser(orm.engine, id)
    const kinds = KINDS.filter((kind) => user.groups.has(kind))
    if (kinds.length < 2) continue
    const labels = kinds.map((kind) => groupLabel(orm, kind)?.full ?? kind).sort()
    throw validationError(orm.engine.version.partners.exclusiveGroups(user.name, labels))
  }
}

/** Users that the installation cannot do without (odoo 18.0 res_users.py, _unlink_except_master_data). */
function refuseDeletion(orm: Orm, ids: readonly number[]): void {
  if (ids.includes(1)) {
    throw userError(
      'You can not remove the admin user as it is used internally for resources created by Odoo (updates, module installation, ...)',
    )
  }
  const logins = [...orm.values('res.users', ids, ['login']).values()].map(({ login }) => login)
  if (ids.includes(2)) {
    throw userError(
      'You cannot delete the admin user because it is utilized in various places (such as security configurations,...). ' +
        'Instead, archive it.',
    )
  }
  if (logins.includes('default') || logins.includes('portaltemplate')) {
    throw userError(
      'Deleting the template users is not allowed. Deleting this profile will compromise critical functionalities.',
    )
  }
}

/** A copy is called one, and so is its login. */
function copiedUser(orm: Orm, id: number): Values {
  const { name, login } = orm.values('res.users', [id], ['name', 'login']).get(id) ?? {}
  return { name: `${name} (copy)`, login: `${login} (copy)` }
}

function hasGroup({ orm, args }: MethodCall, uid: number): boolean {
  const group = pythonText(args.group_ext_id)
  return groupId(orm.engine, group) !== undefined && loadUser(orm.engine, uid).groups.has(group)
}

/** The method `change_password`: who knows the old password gets a new one. */
export function changePassword({ orm, args }: MethodCall): boolean {
  if (!args.old_passwd || !isPassword(orm.engine, orm.uid, pythonText(args.old_passwd))) throw accessDenied()
  newPassword(orm.engine, orm.uid, args.new_passwd)
  return true
}
