import type { Behaviour, Orm } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import { dayText } from '../value/moment.ts'

const MODEL = 'res.currency.rate'

/** Rates of currencies: one a day and company, told either way round. */
export const resCurrencyRate: Behaviour = {
  computed: {
    company_rate: (orm, ids) => rates(orm, ids, (rate) => rate || 1),
    inverse_company_rate: (orm, ids) => rates(orm, ids, (rate) => 1 / (rate || 1)),
  },
  inverse: {
    company_rate: (orm, ids, value) => orm.write(MODEL, ids, { rate: Number(value) }),
    inverse_company_rate: (orm, ids, value) => orm.write(MODEL, ids, { rate: 1 / (Number(value) || 1) }),
  },
  defaults: {
    name: (orm) => dayText(orm.engine.nowMs()),
    company_id: (orm) => orm.companyIds()[0] ?? false,
  },
  checked: [
    {
      when: ['rate'],
      run: (orm, ids) => {
        // A rate that nobody gave is none; one that was given is more than nothing.
        for (const { rate } of orm.values(MODEL, ids, ['rate']).values()) {
          if (typeof rate === 'number' && rate < 0) throw notPositive()
        }
      },
    },
  ],
  beforeCreate: (_orm, values) => {
    if ('rate' in values && Number(values.rate) <= 0) throw notPositive()
    return values
  },
}

function notPositive(): Error {
  return validationError('The operation cannot be completed: The currency rate must be strictly positive.')
}

function rates(orm: Orm, ids: readonly number[], show: (rate: number) => number): Map<number, number> {
  return new Map([...orm.values(MODEL, ids, ['rate'])].map(([id, { rate }]) => [id, show(Number(rate))]))
}
