import type { Orm, Values } from '../engine/contract.ts'

/** The fields of an address, which contacts share with the company above them. */
export const ADDRESS_FIELDS = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const

/** The format of countries that have none of their own (base/models/res_country.py). */
const USUAL_FORMAT = '%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s'

/**
 * The address in one text, in the format of its country and with the company's name in front
 * (odoo 18.0 res_partner.py, _display_address).
 */
export function addressTexts(orm: Orm, ids: readonly number[], withCompany = true): Map<number, string> {
  const records = orm.values('res.partner', ids, [...ADDRESS_FIELDS, 'commercial_company_name'])
  const states = orm.values('res.country.state', idsIn(records, 'state_id'), ['code', 'name'])
  const countries = orm.values('res.country', idsIn(records, 'country_id'), ['name', 'code', 'address_format'])
  const texts = new Map<number, string>()
  for (const [id, record] of records) {
    const state = states.get(Number(record.state_id))
    const country = countries.get(Number(record.country_id))
    const parts: Values = {
      ...record,
      state_code: state?.code,
      state_name: state?.name,
      country_code: country?.code,
      country_name: country?.name,
    }
    const format = text(country?.address_format) || USUAL_FORMAT
    const address = format.replaceAll(/%\((\w+)\)s/g, (_whole, name: string) => text(parts[name]))
    const company = withCompany ? text(record.commercial_company_name) : ''
    texts.set(id, company === '' ? address : `${company}\n${address}`)
  }
  return texts
}

function idsIn(records: ReadonlyMap<number, Values>, field: string): number[] {
  const found = [...records.values()].map((record) => record[field])
  return [...new Set(found)].filter((id): id is number => typeof id === 'number')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
