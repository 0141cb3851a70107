import { type Match, match, matchByRules } from '../access/matching.ts'
import { parseCondition } from '../domain/parse-condition.ts'
import type { Condition } from '../engine/condition.ts'
import type { Orm, SearchOptions } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'
import { identifier, sql } from '../sql/sql-text.ts'
import { openJoins } from './joins.ts'
import { orderBy } from './order.ts'
import { page } from './page.ts'

/** Ids of the records that the user finds by a domain, in the order asked for or in the model's own. */
export function searchIds(orm: Orm, model: Model, domain: unknown, options: SearchOptions = {}): number[] {
  return searchCondition(orm, model, parseCondition(domain, orm.engine.version.domain), options)
}

/** The same for a domain that is a tree already. */
export function searchCondition(orm: Orm, model: Model, condition: Condition, options: SearchOptions): number[] {
  return runSearch(orm, model, match(orm, model, condition, showsArchived(orm, options)), options)
}

/** The records of a list that a user may see, in their model's order; the rights on the model are not asked. */
export function visibleIds(orm: Orm, model: Model, ids: readonly number[]): number[] {
  const listed: Condition = { kind: 'term', path: 'id', operator: 'in', value: ids }
  return runSearch(orm, model, matchByRules(orm, model, listed, showsArchived(orm)), {})
}

function runSearch(orm: Orm, model: Model, { alias, where }: Match, options: SearchOptions): number[] {
  const joins = openJoins()
  const terms = orderBy(orm, model, alias, options.order ?? model.order, joins)
  const ordered = terms.text === '' ? sql`` : sql` ORDER BY ${terms}`
  const from = sql`SELECT ${alias}."id" AS "id" FROM ${identifier(model.table)} AS ${alias}${joins.text()}`
  const query = sql`${from} WHERE ${where}${ordered}${page(options.limit, options.offset)}`
  return orm.engine.db.all(query).map((row) => Number(row.id))
}

/** How many there are; `limit` counts no further. */
export function countMatching(orm: Orm, model: Model, domain: unknown, limit: unknown): number {
  const condition = parseCondition(domain, orm.engine.version.domain)
  const { alias, where } = match(orm, model, condition, showsArchived(orm))
  const from = sql`SELECT 1 FROM ${identifier(model.table)} AS ${alias} WHERE ${where}${page(limit, undefined)}`
  return Number(orm.engine.db.get(sql`SELECT count(*) AS "count" FROM (${from})`)?.count ?? 0)
}

/** Does a search find archived records? */
export function showsArchived(orm: Orm, options: SearchOptions = {}): boolean {
  return !(options.activeTest ?? orm.context.active_test ?? true)
}
