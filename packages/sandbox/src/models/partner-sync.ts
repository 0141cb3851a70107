import type { Consequence, Orm, Values } from '../engine/contract.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import { ADDRESS_FIELDS } from './partner-address.ts'

const MODEL = 'res.partner'

/** Fields that are the company's: its contacts carry the same (`_commercial_fields`; those of account where it is). */
const COMMERCIAL_FIELDS = ['vat', 'company_registry', 'industry_id', 'property_payment_term_id']

/**
 * Keeps contacts and the records above them alike: a contact takes over address and company data when it is put below
 * another record, and follows what is changed up there later; what it was given itself it keeps until then
 * (odoo 18.0 res_partner.py, _fields_sync and _children_sync).
 */
export const partnerSync: Consequence = {
  changed(orm, model, ids, fields) {
    if (model.name !== MODEL) return
    const written = fields === 'everything' ? undefined : fields
    if (written === undefined || written.includes('parent_id') || written.includes('type')) takeOver(orm, ids, written)
    if (written === undefined) return
    const commercial = commercialFields(orm).filter((name) => written.includes(name))
    if (commercial.length > 0) passCompanyData(orm, ids, commercial)
    const address = ADDRESS_FIELDS.filter((name) => written.includes(name))
    if (address.length === 0) return
    if (orm.engine.version.partners.addressGoesUp) raiseAddress(orm, ids)
    passAddress(orm, ids, address)
  },

  created(orm, model, id) {
    if (model.name !== MODEL) return
    // Everybody is outside the company until a user inside it has the partner.
    orm.store(MODEL, id, { partner_share: 1 })
    lendAddress(orm.asSuperuser(), id)
  },
}

/** From above: company data, and the address of a contact, if there is one. */
function takeOver(orm: Orm, ids: readonly number[], written: readonly string[] | undefined): void {
  const isMoved = written === undefined || written.includes('parent_id')
  const names = [...ADDRESS_FIELDS, ...commercialFields(orm), 'user_id']
  const records = orm.values(MODEL, ids, ['parent_id', 'type', 'is_company', 'user_id', 'commercial_partner_id'])
  for (const [id, record] of records) {
    if (typeof record.parent_id !== 'number') continue
    const above = orm.values(MODEL, [record.parent_id], names).get(record.parent_id)
    const top = record.commercial_partner_id
    if (isMoved && typeof top === 'number' && top !== id) {
      const company = orm.values(MODEL, [top], commercialFields(orm)).get(top)
      orm.store(MODEL, id, columnsOf(company ?? {}, commercialFields(orm)))
    }
    if (isMoved && !record.is_company && !record.user_id && above?.user_id) {
      orm.store(MODEL, id, columnsOf(above, ['user_id']))
    }
    // A record above without any address says nothing about those below.
    if (above === undefined || record.type !== 'contact' || !ADDRESS_FIELDS.some((name) => above[name])) continue
    orm.store(MODEL, id, columnsOf(above, ADDRESS_FIELDS))
  }
}

/** Down to everybody whose company this is; in later releases from a contact up to its company first. */
function passCompanyData(orm: Orm, ids: readonly number[], names: readonly string[]): void {
  const { vatGoesUp } = orm.engine.version.partners
  for (const [id, record] of orm.values(MODEL, ids, ['commercial_partner_id', ...names])) {
    const top = record.commercial_partner_id
    if (typeof top !== 'number') continue
    if (top !== id && !(vatGoesUp && names.includes('vat') && record.vat)) continue
    const passed = top === id ? names : ['vat']
    const family = orm.search(MODEL, [['commercial_partner_id', '=', top]], { activeTest: false })
    for (const one of family) if (one !== id) orm.store(MODEL, one, columnsOf(record, passed))
  }
}

/** Down to the contacts right below: only what was changed. */
function passAddress(orm: Orm, ids: readonly number[], names: readonly string[]): void {
  const records = orm.values(MODEL, ids, names)
  for (const [id, record] of records) {
    const domain = [
      ['parent_id', '=', id],
      ['type', '=', 'contact'],
    ]
    for (const contact of orm.search(MODEL, domain)) orm.store(MODEL, contact, columnsOf(record, names))
  }
}

/** The address of a contact is the one of the record above it: what is written here is written there. */
function raiseAddress(orm: Orm, ids: readonly number[]): void {
  for (const [id, record] of orm.values(MODEL, ids, ['parent_id', 'type', ...ADDRESS_FIELDS])) {
    const parent = record.parent_id
    if (typeof parent !== 'number' || record.type !== 'contact') continue
    const above = orm.values(MODEL, [parent], ADDRESS_FIELDS).get(parent)
    if (ADDRESS_FIELDS.every((name) => above?.[name] === record[name])) continue
    const address = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, record[name]]).filter(([, value]) => value))
    if (id !== parent) orm.write(MODEL, [parent], address)
  }
}

/** The address of a company's first contact is meant for the company, when that has none (`_handle_first_contact_creation`). */
function lendAddress(orm: Orm, id: number): void {
  const record = orm.values(MODEL, [id], ['parent_id', ...ADDRESS_FIELDS]).get(id)
  const parent = record?.parent_id
  if (record === undefined || typeof parent !== 'number' || !ADDRESS_FIELDS.some((name) => record[name])) return
  const fields = ['is_company', 'parent_id', 'child_ids', ...ADDRESS_FIELDS]
  const above = orm.values(MODEL, [parent], fields).get(parent)
  if (above === undefined || !(above.is_company || above.parent_id === false)) return
  const isFirst = Array.isArray(above.child_ids) && above.child_ids.length === 1
  if (isFirst && !ADDRESS_FIELDS.some((name) => above[name]))
    orm.store(MODEL, parent, columnsOf(record, ADDRESS_FIELDS))
}

function commercialFields(orm: Orm): string[] {
  const { fields } = orm.model(MODEL)
  return COMMERCIAL_FIELDS.filter((name) => fields.has(name))
}

function columnsOf(record: Values, names: readonly string[]): Record<string, SqlValue> {
  const column = (value: unknown): SqlValue => (typeof value === 'string' || typeof value === 'number' ? value : null)
  return Object.fromEntries(names.map((name) => [name, column(record[name])]))
}
