import type { Behaviour, Orm } from '../engine/contract.ts'
import { userError, validationError } from '../fault/odoo-fault.ts'
import { listOf, sql } from '../sql/sql-text.ts'
import { dayText } from '../value/moment.ts'
import { companyCurrency } from './company-currency.ts'

/** Currencies with the last rate of today, and what follows from it. */
export const resCurrency: Behaviour = {
  computed: {
    date: (orm, ids) => lastRates(orm, ids, (rate) => rate?.day ?? false),
    rate: (orm, ids) => lastRates(orm, ids, (rate) => rate?.rate || 1),
    inverse_rate: (orm, ids) => lastRates(orm, ids, (rate) => 1 / (rate?.rate || 1)),
    rate_string: (orm, ids) => {
      const names = orm.names('res.currency', ids)
      const own = Number(companyCurrency(orm))
      const [ownName, rates] = [orm.names('res.currency', [own]).get(own), lastRates(orm, ids, ratio)]
      return new Map(ids.map((id) => [id, id === own ? '' : `1 ${ownName} = ${rates.get(id)} ${names.get(id)}`]))
    },
    is_current_company_currency: (orm, ids) => {
      const own = companyCurrency(orm)
      return new Map(ids.map((id) => [id, id === own]))
    },
  },
  beforeWrite: (orm, ids, values) => {
    if (values.active === false && orm.asSuperuser().search('res.company', [['currency_id', 'in', ids]]).length > 0) {
      throw userError('This currency is set on a company and therefore cannot be deactivated.')
    }
    return values
  },
  checked: [{ when: ['rounding'], run: checkRounding }],
  derived: [
    {
      when: ['rounding'],
      run: (orm, ids) => {
        for (const [id, { rounding }] of orm.values('res.currency', ids, ['rounding'])) {
          const places =
            typeof rounding === 'number' && rounding > 0 && rounding < 1 ? Math.ceil(-Math.log10(rounding)) : 0
          orm.store('res.currency', id, { decimal_places: places })
        }
      },
    },
  ],
}

function checkRounding(orm: Orm, ids: readonly number[]): void {
  for (const { rounding } of orm.values('res.currency', ids, ['rounding']).values()) {
    if (Number(rounding) <= 0) {
      throw validationError('The operation cannot be completed: The rounding factor must be greater than 0!')
    }
  }
}

function ratio(rate: Rate | undefined): string {
  return (rate?.rate || 1).toFixed(6)
}

type Rate = { readonly day: string; readonly rate: number }

function lastRates<T>(orm: Orm, ids: readonly number[], show: (rate: Rate | undefined) => T): Map<number, T> {
  const rows = orm.engine.db.all(sql`
    SELECT currency_id, name, rate FROM res_currency_rate
    WHERE currency_id IN ${listOf(ids)} AND name <= ${dayText(orm.engine.nowMs())} ORDER BY name`)
  const { currenciesTellInverse } = orm.engine.version
  const told = (rate: number): number => (currenciesTellInverse && rate !== 0 ? 1 / rate : rate)
  const last = new Map(
    rows.map((row) => [Number(row.currency_id), { day: String(row.name), rate: told(Number(row.rate)) }]),
  )
  return new Map(ids.map((id) => [id, show(last.get(id))]))
}
