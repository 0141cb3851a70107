import { nameCondition } from '../domain/name-condition.ts'
import { parseCondition } from '../domain/parse-condition.ts'
import { join } from '../engine/condition.ts'
import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'
import { rowCount } from './page.ts'
import { searchCondition } from './search.ts'

/** What `name_search` is asked. */
export type NameSearch = {
  readonly name: string
  readonly domain: unknown
  readonly operator: string
  /** As a client gave it; see `rowCount`. */
  readonly limit: unknown
}

/** Ids of the records that a name finds, in the model's order (odoo 18.0 models.py, name_search). */
export function nameSearchIds(orm: Orm, model: Model, search: NameSearch): number[] {
  const dialect = orm.engine.version.domain
  const filter = parseCondition(search.domain, dialect)
  const { nameSearchFirst: first } = model.row
  const found: number[] = []
  if (first !== undefined && search.name.length === first.length && search.operator.endsWith('like')) {
    const exact = { kind: 'term', path: first.field, operator: '=ilike', value: search.name } as const
    found.push(...searchCondition(orm, model, join('all', filter, exact), { limit: search.limit }))
  }
  const others = { kind: 'term', path: 'id', operator: 'not in', value: found } as const
  const named = join('all', nameCondition(model, search.operator, search.name), others)
  const ids = [...found, ...searchCondition(orm, model, join('all', filter, named), { limit: search.limit })]
  return orm.engine.version.nameSearchFirstCounts ? ids.slice(0, rowCount(search.limit, 'LIMIT')) : ids
}
