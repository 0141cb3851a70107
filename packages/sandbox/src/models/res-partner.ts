import { groupId } from '../access/group-names.ts'
import type { Behaviour, MethodCall, Orm, Values } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import { addressForm, parentForm } from './address-form.ts'
import { avatars } from './avatar.ts'
import { PARTNER_BUTTONS } from './buttons/people-buttons.ts'
import { companyCurrency } from './company-currency.ts'
import { following } from './following.ts'
import { checkNoLoop } from './hierarchy.ts'
import { addressTexts } from './partner-address.ts'
import { shownNames } from './partner-display.ts'
import { formattedEmail, normalizedEmail } from './partner-email.ts'
import { deriveNames } from './partner-names.ts'
import { refuseActiveUsers } from './partner-users.ts'
import { everyone } from './same-for-all.ts'
import { zoneOffset } from './zone-offset.ts'

/** Contacts: companies and people, with what their names, addresses and e-mail addresses follow from. */
export const resPartner: Behaviour = {
  names: shownNames,
  computed: {
    ...avatars('res.partner'),
    company_type: (orm, ids) =>
      mapped(orm, ids, ['is_company'], (record) => (record.is_company ? 'company' : 'person')),
    contact_address: addressTexts,
    contact_address_inline: (orm, ids) => {
      const inline = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
      return new Map([...addressTexts(orm, ids)].map(([id, text]) => [id, inline(text).join(', ')]))
    },
    currency_id: (orm, ids) => everyone(ids, companyCurrency(orm)),
    email_formatted: (orm, ids) =>
      mapped(orm, ids, ['name', 'email'], (record) => {
        const address = formattedEmail(record.email, orm.engine.version.partners.semicolonPartsEmails)
        return address === undefined ? false : `"${record.name || 'False'}" <${address}>`
      }),
    is_public: publicPartners,
    self: (_orm, ids) => new Map(ids.map((id) => [id, id])),
    tz_offset: (orm, ids) => mapped(orm, ids, ['tz'], (record) => zoneOffset(record.tz, orm.engine.nowMs())),
    active_lang_count: (orm, ids) => everyone(ids, orm.search('res.lang', []).length),
    task_count: (orm, ids) =>
      new Map(ids.map((id) => [id, orm.search('project.task', [['partner_id', 'child_of', id]]).length])),
    bank_account_count: (orm, ids) => mapped(orm, ids, ['bank_ids'], (record) => listLength(record.bank_ids)),
    message_is_follower: (orm, ids) => following(orm, 'res.partner', ids),
    main_user_id: (orm, ids) =>
      mapped(orm, ids, ['user_ids'], (record) =>
        Array.isArray(record.user_ids) ? (record.user_ids[0] ?? false) : false,
      ),
  },
  inverse: {
    company_type: (orm, ids, value) => orm.write('res.partner', ids, { is_company: value === 'company' }),
  },
  searched: {
    message_is_follower: (orm, operator, value) => [
      ['message_partner_ids', (operator === '=') === Boolean(value) ? 'in' : 'not in', [orm.user().partnerId]],
    ],
  },
  derived: [
    { when: ['name', 'parent_id', 'is_company', 'company_name', 'type'], run: deriveNames },
    { when: ['email'], run: deriveEmail },
  ],
  checked: [
    { when: ['name', 'type'], run: requireName },
    {
      when: ['parent_id'],
      run: (orm, ids) =>
        checkNoLoop(orm, 'res.partner', ids, validationError('You cannot create recursive Partner hierarchies.')),
    },
  ],
  onchange: { ...addressForm('res.partner'), parent_id: parentForm },
  beforeCreate: (_orm, values) => withWebsite(values),
  beforeWrite: (orm, ids, values) => {
    if (values.active === false) refuseActiveUsers(orm, ids, 'archive')
    return withWebsite(values)
  },
  beforeUnlink: (orm, ids) => refuseActiveUsers(orm, ids, 'delete'),
  methods: [...PARTNER_BUTTONS, { name: 'name_create', on: 'model', params: ['name'], run: createNamed }],
}

/** A name may carry an e-mail address: `Ada <ada@example.com>` (odoo 18.0 res_partner.py, name_create). */
function createNamed({ orm, args }: MethodCall): unknown {
  const text = typeof args.name === 'string' ? args.name : ''
  const [, name, email] = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text) ?? []
  const values = email === undefined ? { name: args.name } : { name: name || email, email }
  const id = orm.create('res.partner', values)
  return [id, orm.names('res.partner', [id]).get(id)]
}

/** An address of a company needs no name, a contact does. */
function requireName(orm: Orm, ids: readonly number[]): void {
  for (const { name, type } of orm.values('res.partner', ids, ['name', 'type']).values()) {
    if (name === false && type === 'contact') {
      throw validationError('The operation cannot be completed: Contacts require a name')
    }
  }
}

function publicPartners(orm: Orm, ids: readonly number[]): Map<number, boolean> {
  const group = groupId(orm.engine, 'base.group_public') ?? 0
  const users = orm.asSuperuser().search(
    'res.users',
    [
      ['partner_id', 'in', ids],
      [orm.engine.version.groupsField, 'in', [group]],
    ],
    {
      activeTest: false,
    },
  )
  const partners = new Set([...orm.values('res.users', users, ['partner_id']).values()].map((user) => user.partner_id))
  return new Map(ids.map((id) => [id, partners.has(id)]))
}

/** An address of the web without its scheme gets one (`_clean_website`). */
function withWebsite(values: Values): Values {
  const { website } = values
  if (typeof website !== 'string' || website === '' || /^[a-z][a-z0-9+.-]*:/i.test(website)) return values
  return { ...values, website: `http://${website.replace(/^\/\//, '')}` }
}

function deriveEmail(orm: Orm, ids: readonly number[]): void {
  for (const [id, record] of orm.values('res.partner', ids, ['email'])) {
    orm.store('res.partner', id, {
      email_normalized: normalizedEmail(record.email, orm.engine.version.partners.semicolonPartsEmails),
    })
  }
}

function mapped(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  compute: (record: Values) => unknown,
): Map<number, unknown> {
  return new Map([...orm.values('res.partner', ids, fields)].map(([id, record]) => [id, compute(record)]))
}

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
