import type { Behaviour, Orm, Values } from '../engine/contract.ts'
import { userError } from '../fault/odoo-fault.ts'

/** What the format of an address may name (base/models/res_country.py, _check_address_format). */
const ADDRESS_KEYS = new Set([
  ...['street', 'street2', 'zip', 'city', 'state_id', 'country_id', 'state_code', 'state_name', 'country_code'],
  ...['country_name', 'company_name'],
])

/** Countries carry the address of their flag; their code is written in capitals. */
export const resCountry: Behaviour = {
  beforeCreate: (_orm, values) => inCapitals(values),
  beforeWrite: (_orm, _ids, values) => inCapitals(values),
  checked: [{ when: ['address_format'], run: checkFormats }],
  computed: {
    image_url: (orm, ids) =>
      new Map(
        [...orm.values('res.country', ids, ['code'])].map(([id, { code }]) => [
          id,
          code ? `/base/static/img/country_flags/${String(code).toLowerCase()}.png` : false,
        ]),
      ),
  },
}

function inCapitals(values: Values): Values {
  return typeof values.code === 'string' ? { ...values, code: values.code.toUpperCase() } : values
}

function checkFormats(orm: Orm, ids: readonly number[]): void {
  for (const { address_format: format } of orm.values('res.country', ids, ['address_format']).values()) {
    const rest = String(format || '').replaceAll(/%\((\w+)\)s/g, (whole, key: string) =>
      ADDRESS_KEYS.has(key) ? '' : whole,
    )
    if (rest.includes('%(')) throw userError('The layout contains an invalid format key')
  }
}

/** States are named with their country's code: `California (US)`. */
export const resCountryState: Behaviour = { names: stateNames }

function stateNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const states = orm.values('res.country.state', ids, ['name', 'country_id'])
  const countries = [...states.values()].map((state) => state.country_id).filter((id) => typeof id === 'number')
  const codes = orm.values('res.country', [...new Set(countries)], ['code'])
  return new Map(
    [...states].map(([id, state]) => [id, `${state.name} (${codes.get(Number(state.country_id))?.code ?? ''})`]),
  )
}
