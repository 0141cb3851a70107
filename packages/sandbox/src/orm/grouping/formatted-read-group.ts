import { joinDomains } from '../../domain/join-domains.ts'
import type { Orm } from '../../engine/contract.ts'
import { valueError } from '../../fault/odoo-fault.ts'
import type { Model } from '../../schema/model.ts'
import { pythonTruth } from '../../value/python-text.ts'
import { rowCount } from '../page.ts'
import { type ExpandedGroups, expandGroups } from './expand-groups.ts'
import { fillsTemporal, fillTemporal } from './fill-temporal.ts'
import { describeValues } from './group-format.ts'
import { type GroupQuery, type Groups, groupRows } from './group-rows.ts'

/** A group as clients get it: keys, `__extra_domain`, aggregates. */
export type FormattedGroup = Record<string, unknown>

/** The method `formatted_read_group` (odoo 19.0 web/models/models.py). */
export function formattedReadGroup(orm: Orm, model: Model, asked: GroupQuery): FormattedGroup[] {
  const aggregates = asked.aggregates.map((spec) => spec.replace(':recordset', ':array_agg'))
  const order = asked.order || asked.groupby.join(', ')
  const groups = groupRows(orm, model, { ...asked, aggregates, order })
  const full = completed(orm, model, groups, asked, order)
  return shownGroups(orm, full, asked.groupby, aggregates)
}

function completed(orm: Orm, model: Model, groups: Groups, asked: GroupQuery, order: string): ExpandedGroups {
  const limit = rowCount(asked.limit, 'LIMIT')
  const paged = pythonTruth(asked.offset) || (limit !== undefined && groups.rows.length >= limit)
  const expands = pythonTruth(orm.context.read_group_expand) && groups.keys.length === 1
  const expanded = expands ? expandGroups(orm, model, groups) : undefined
  // Groups without records are left away where they would not fit into the page, or stand on another one.
  const fits = expanded !== undefined && !paged && (limit === undefined || expanded.rows.length < limit)
  const rows = fits && order.toLowerCase().includes(`${asked.groupby[0]} desc`) ? expanded.rows.toReversed() : undefined
  const shown = fits ? { ...expanded, rows: rows ?? expanded.rows } : { ...groups, folded: expanded?.folded }
  if (!fillsTemporal(orm) || groups.keys.length === 0) return shown
  if (limit !== undefined || pythonTruth(asked.offset)) {
    throw valueError('You cannot used fill_temporal with a limit or an offset')
  }
  return { ...shown, ...fillTemporal(orm, shown) }
}

function shownGroups(
  orm: Orm,
  groups: ExpandedGroups,
  groupby: readonly string[],
  aggregates: readonly string[],
): FormattedGroup[] {
  const describe = groups.keys.map((key, index) =>
    describeValues(
      orm,
      key,
      groups.rows.map(({ values }) => values[index]),
    ),
  )
  return groups.rows.map((row) => {
    const told: FormattedGroup = {}
    const described = describe.map((one, index) => one(row.values[index]))
    described.forEach(({ label, range }, index) => {
      told[groupby[index] ?? ''] = range ? [range.from, label] : label
    })
    if (groups.folded !== undefined) told.__fold = groups.folded.get(row.values[0]) ?? false
    const domains = described.map(({ domain }) => domain)
    told.__extra_domain = joinDomains(domains, orm.engine.version.domain)
    aggregates.forEach((spec, index) => {
      told[spec] = row.aggregates[index]
    })
    return told
  })
}
