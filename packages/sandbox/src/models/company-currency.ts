import type { Orm } from '../engine/contract.ts'

/** The currency of the company that the context chooses; `false` without one. */
export function companyCurrency(orm: Orm): unknown {
  const [company = 0] = orm.companyIds()
  const record = orm.asSuperuser().values('res.company', [company], ['currency_id']).get(company)
  return record?.currency_id ?? false
}
