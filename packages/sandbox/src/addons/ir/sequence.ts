import { checkModel } from '../../access/check-model.ts'
import type { Behaviour, Orm, Values } from '../../engine/contract.ts'
import { pythonText } from '../../value/python-text.ts'

const MODEL = 'ir.sequence'

/** Numbers in a row, such as those of orders: `S00021`. */
export const irSequence: Behaviour = {
  computed: {
    number_next_actual: (orm, ids) =>
      new Map([...orm.asSuperuser().values(MODEL, ids, ['number_next'])].map(([id, row]) => [id, row.number_next])),
  },
  inverse: {
    number_next_actual: (orm, ids, value) => orm.write(MODEL, ids, { number_next: value || 1 }),
  },
  methods: [
    {
      name: 'next_by_code',
      on: 'model',
      params: ['sequence_code', 'sequence_date?'],
      run: ({ orm, model, args }) => {
        checkModel(orm, model, 'read')
        return nextByCode(orm, pythonText(args.sequence_code)) ?? false
      },
    },
    {
      name: 'next_by_id',
      on: 'records',
      params: ['sequence_date?'],
      run: ({ orm, model, ids }) => {
        checkModel(orm, model, 'read')
        return nextNumber(orm, Number(ids[0])) ?? false
      },
    },
  ],
}

/** The next number of the sequence with that code, of the user's company first; `undefined` if there is none. */
export function nextByCode(orm: Orm, code: string): string | undefined {
  const companies = [orm.companyIds()[0] ?? false, false]
  const domain = [
    ['code', '=', code],
    ['company_id', 'in', companies],
  ]
  const [first] = orm.asSuperuser().search(MODEL, domain, { order: 'company_id' })
  return first === undefined ? undefined : nextNumber(orm, first)
}

function nextNumber(orm: Orm, id: number): string | undefined {
  const all = orm.asSuperuser()
  const fields = ['prefix', 'suffix', 'padding', 'number_next', 'number_increment']
  const row = all.values(MODEL, [id], fields).get(id)
  if (row === undefined) return undefined
  const number = Number(row.number_next)
  all.store(MODEL, id, { number_next: number + Number(row.number_increment || 1) })
  return `${dated(orm, row, 'prefix')}${String(number).padStart(Number(row.padding || 0), '0')}${dated(orm, row, 'suffix')}`
}

/** A prefix or suffix with the parts of today in it: `%(year)s`, `%(month)s`, `%(day)s`, `%(y)s`. */
function dated(orm: Orm, row: Values, side: 'prefix' | 'suffix'): string {
  const now = new Date(orm.engine.nowMs()).toISOString()
  const parts: Readonly<Record<string, string>> = {
    year: now.slice(0, 4),
    y: now.slice(2, 4),
    month: now.slice(5, 7),
    day: now.slice(8, 10),
    h24: now.slice(11, 13),
    min: now.slice(14, 16),
    sec: now.slice(17, 19),
  }
  return String(row[side] || '').replaceAll(/%\((\w+)\)s/g, (whole, name: string) => parts[name] ?? whole)
}
