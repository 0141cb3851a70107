import type { Orm, Values } from '../engine/contract.ts'
import { ADDRESS_FIELDS } from './partner-address.ts'

/** What follows in a form of an address: a state lies in its country, and goes when another country comes. */
export function addressForm(model: string): Readonly<Record<string, (orm: Orm, id: number) => Values>> {
  const read = (orm: Orm, id: number): Values => orm.values(model, [id], ['state_id', 'country_id']).get(id) ?? {}
  const countryOf = (orm: Orm, state: unknown): unknown =>
    typeof state === 'number'
      ? orm.values('res.country.state', [state], ['country_id']).get(state)?.country_id
      : undefined
  return {
    country_id: (orm, id) => {
      const { state_id: state, country_id: country } = read(orm, id)
      return country !== false && country !== countryOf(orm, state) ? { state_id: false } : {}
    },
    state_id: (orm, id) => {
      const country = countryOf(orm, read(orm, id).state_id)
      return typeof country === 'number' ? { country_id: country } : {}
    },
  }
}

/** A contact takes over the address of the record above it, if that has any. */
export function parentForm(orm: Orm, id: number): Values {
  const { parent_id: parent, type } = orm.values('res.partner', [id], ['parent_id', 'type']).get(id) ?? {}
  if (typeof parent !== 'number' || type !== 'contact') return {}
  const address = orm.values('res.partner', [parent], ADDRESS_FIELDS).get(parent) ?? {}
  return Object.values(address).some(Boolean) ? address : {}
}
