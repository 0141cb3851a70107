import { joinDomains } from '../../domain/join-domains.ts'
import type { Orm } from '../../engine/contract.ts'
import { assertionError, valueError } from '../../fault/odoo-fault.ts'
import type { Model } from '../../schema/model.ts'
import { pythonRepr } from '../../value/python-text.ts'
import { rowCount } from '../page.ts'
import { searchIds } from '../search.ts'
import { type Specification, webRead } from '../web-read.ts'
import { type FormattedGroup, formattedReadGroup } from './formatted-read-group.ts'
import { type GroupQuery, groupRows } from './group-rows.ts'

/** Groups, and how many there are on all pages. */
export type GroupPage = { readonly groups: readonly FormattedGroup[]; readonly length: number }

/** A page of groups with the count of all; they are counted only when the page is full. */
export function pageOfGroups(
  orm: Orm,
  model: Model,
  groups: readonly FormattedGroup[],
  query: Pick<GroupQuery, 'domain' | 'groupby' | 'limit' | 'offset'>,
): GroupPage {
  const limit = rowCount(query.limit, 'LIMIT')
  const { domain, groupby } = query
  if (groups.length === 0) return { groups, length: 0 }
  if (limit === undefined || groups.length !== limit) {
    return { groups, length: groups.length + (rowCount(query.offset, 'OFFSET') ?? 0) }
  }
  // Counted from the limit on, whatever the offset: odoo 18.0 web/models/models.py.
  const others = groupRows(orm, model, { domain, groupby, aggregates: [], offset: limit })
  return { groups, length: limit + others.rows.length }
}

/** What `web_read_group` of 19 is asked. */
export type WebReadGroup = GroupQuery & {
  /** Open the first groups that are not folded. */
  readonly autoUnfold: boolean
  /** What is read of the records of an open group. */
  readonly specification: Specification
  /** How many records an open group shows; as a client gave it. */
  readonly recordsMax: unknown
}

/** How many groups are opened at first. */
const OPENED_MAX = 10

/** The method `web_read_group` of 19: groups by the first key; open ones with their records. */
export function webReadGroup(orm: Orm, model: Model, asked: WebReadGroup): GroupPage {
  const groupby = asked.groupby.slice(0, 1)
  if (groupby.length === 0) throw assertionError('')
  const aggregates = asked.aggregates.includes('__count') ? asked.aggregates : [...asked.aggregates, '__count']
  const order = groupOrderOf(asked.order ?? '', groupby, aggregates)
  const { domain, limit, offset } = asked
  const groups = formattedReadGroup(orm, model, { domain, groupby, aggregates, limit, offset, order })
  open(orm, model, groups, asked)
  return pageOfGroups(orm, model, groups, { domain, groupby, limit, offset })
}

/** The parts of an order that speak of the groups; the others order the records in them. */
function groupOrderOf(order: string, groupby: readonly string[], aggregates: readonly string[]): string {
  const terms = order === '' ? [] : order.split(',').map((part) => orderPart(part, order))
  const known = terms.flatMap(({ field, rest }) => {
    const spec = [...groupby, ...aggregates].find((one) => one === field || one.startsWith(`${field}:`))
    return spec === undefined ? [] : [`${spec}${rest}`]
  })
  const left = groupby.filter((spec) => !known.some((term) => term.split(' ')[0] === spec))
  return [...known, ...left].join(', ')
}

function orderPart(part: string, order: string): { field: string; rest: string } {
  const [, field, rest = ''] =
    /^\s*([a-z0-9_.]+)((?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?)\s*$/i.exec(part) ?? []
  if (field === undefined) throw valueError(`Invalid order ${pythonRepr(order)} for web_read_group()`)
  return { field, rest }
}

function open(orm: Orm, model: Model, groups: readonly FormattedGroup[], asked: WebReadGroup): void {
  const [spec = ''] = asked.groupby
  const relational = model.fields.get(spec.split(':')[0] ?? '')?.relation !== undefined
  let opened = 0
  for (const group of groups) {
    const { __fold: folded } = group
    delete group.__fold
    const shut = folded === true || (!asked.autoUnfold && folded === undefined) || (relational && group[spec] === false)
    if (shut || opened >= OPENED_MAX || asked.groupby.length > 1) continue
    opened += 1
    const domain = joinDomains([asked.domain, group.__extra_domain], orm.engine.version.domain)
    const ids = searchIds(orm, model, domain, { limit: asked.recordsMax })
    group.__records = webRead(orm, model, ids, asked.specification)
  }
}
