import type { Behaviour, Orm } from '../engine/contract.ts'

/** Countries carry the address of their flag. */
export const resCountry: Behaviour = {
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
