import { match } from '../../access/matching.ts'
import { parseCondition } from '../../domain/parse-condition.ts'
import type { Orm } from '../../engine/contract.ts'
import type { Model } from '../../schema/model.ts'
import { identifier, joinSql, type SqlValue, sql } from '../../sql/sql-text.ts'
import { openJoins } from '../joins.ts'
import { page } from '../page.ts'
import { showsArchived } from '../search.ts'
import { type Aggregate, aggregateOf } from './aggregate.ts'
import { type GroupKey, groupKey } from './group-key.ts'
import { groupOrder } from './group-order.ts'
import type { GroupSource } from './group-source.ts'
import { havingOf } from './having.ts'

/** What is asked of groups; `limit` and `offset` are as a client gave them. */
export type GroupQuery = {
  readonly domain: unknown
  readonly groupby: readonly string[]
  readonly aggregates: readonly string[]
  readonly having?: unknown
  readonly offset?: unknown
  readonly limit?: unknown
  readonly order?: string
}

/** One group: the values that its records share, and its aggregates. Unset is `false`. */
export type GroupRow = { readonly values: readonly unknown[]; readonly aggregates: readonly unknown[] }

export type Groups = {
  readonly keys: readonly GroupKey[]
  readonly aggregates: readonly Aggregate[]
  readonly rows: readonly GroupRow[]
}

/**
 * Groups the records that the user finds by a domain. Without anything to group by there is one group, be it empty
 * (odoo 18.0 models.py, _read_group).
 */
export function groupRows(orm: Orm, model: Model, query: GroupQuery): Groups {
  const condition = parseCondition(query.domain, orm.engine.version.domain)
  const { alias, where } = match(orm, model, condition, showsArchived(orm))
  const source: GroupSource = { orm, model, alias, joins: openJoins() }
  const keys = query.groupby.map((spec) => groupKey(source, spec))
  const aggregates = query.aggregates.map((spec) => aggregateOf(source, spec))
  const columns = [...keys, ...aggregates].map(({ column }, index) => sql`${column} AS ${identifier(`c${index}`)}`)
  const grouped = keys.length === 0 ? sql`` : grouping(source, keys, query)
  const from = sql`FROM ${identifier(model.table)} AS ${alias}${source.joins.text()} WHERE ${where}`
  const select = sql`SELECT ${columns.length === 0 ? sql`1` : joinSql(columns, ', ')} ${from}`
  const found = orm.engine.db.all(sql`${select}${grouped}${page(query.limit, query.offset)}`)
  const rows = found.map((row) => ({
    values: keys.map((key, index) => keyValue(key, row[`c${index}`])),
    aggregates: aggregates.map((one, index) => one.show(row[`c${keys.length + index}`])),
  }))
  return { keys, aggregates, rows }
}

function grouping(source: GroupSource, keys: readonly GroupKey[], query: GroupQuery) {
  const by = joinSql(
    keys.map(({ column }) => column),
    ', ',
  )
  const having = havingOf(source, query.having)
  const order = groupOrder(source, keys, query.order ?? '')
  const kept = having === undefined ? sql`` : sql` HAVING ${having}`
  return sql` GROUP BY ${by}${kept}${order.text === '' ? sql`` : sql` ORDER BY ${order}`}`
}

function keyValue({ field }: GroupKey, value: SqlValue | undefined): unknown {
  if (value === null || value === undefined) return false
  return field.type === 'boolean' ? value === 1 : value
}
