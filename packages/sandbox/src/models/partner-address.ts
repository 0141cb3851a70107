import type { Orm, Values } from '../engine/contract.ts'

/** The fields of an address, which contacts share with the company above them. */
export const ADDRESS_FIELDS = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const

/**
 * The address in one text, the company's name first (odoo 18.0 res_partner.py, _display_address). The sandbox knows the
 * usual format only, not one a country.
 */
export function addressTexts(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values('res.partner', ids, [...ADDRESS_FIELDS, 'commercial_company_name'])
  const codes = orm.values('res.country.state', idsIn(records, 'state_id'), ['code'])
  const countries = orm.names('res.country', idsIn(records, 'country_id'))
  const texts = new Map<number, string>()
  for (const [id, record] of records) {
    const state = typeof record.state_id === 'number' ? codes.get(record.state_id)?.code : ''
    const country = typeof record.country_id === 'number' ? countries.get(record.country_id) : ''
    const place = `${text(record.city)} ${text(state)} ${text(record.zip)}`
    const lines = [text(record.street), text(record.street2), place, text(country)]
    if (record.commercial_company_name) lines.unshift(text(record.commercial_company_name))
    texts.set(id, lines.join('\n'))
  }
  return texts
}

/** Contacts keep the address of the record above them: it is copied down when either changes. */
export function shareAddress(orm: Orm, ids: readonly number[]): void {
  const children = new Set(orm.search('res.partner', [['parent_id', 'in', ids]], { activeTest: false }))
  for (const id of ids) children.add(id)
  const records = orm.values('res.partner', [...children], ['parent_id', 'type', ...ADDRESS_FIELDS])
  const above = orm.values('res.partner', idsIn(records, 'parent_id'), ADDRESS_FIELDS)
  for (const [id, record] of records) {
    const address = typeof record.parent_id === 'number' ? above.get(record.parent_id) : undefined
    if (address === undefined || record.type !== 'contact') continue
    // A record above without any address says nothing about those below.
    if (!ADDRESS_FIELDS.some((field) => address[field])) continue
    if (ADDRESS_FIELDS.every((field) => address[field] === record[field])) continue
    orm.store('res.partner', id, columnsOf(address))
    if (!ids.includes(id)) shareAddress(orm, [id])
  }
}

function columnsOf(address: Values): Record<string, string | number | null> {
  const column = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : null)
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, column(address[field])]))
}

function idsIn(records: ReadonlyMap<number, Values>, field: string): number[] {
  const found = [...records.values()].map((record) => record[field])
  return [...new Set(found)].filter((id): id is number => typeof id === 'number')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
