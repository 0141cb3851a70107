import { joinDomains } from '../../domain/join-domains.ts'
import type { Orm } from '../../engine/contract.ts'
import { valueError } from '../../fault/odoo-fault.ts'
import type { Model } from '../../schema/model.ts'
import { pythonRepr } from '../../value/python-text.ts'
import { type ExpandedGroups, expandGroups } from './expand-groups.ts'
import { fillsTemporal, fillTemporal } from './fill-temporal.ts'
import { describeValues } from './group-format.ts'
import { parseGroupSpec, unknownGroupField } from './group-key.ts'
import { type Groups, groupRows } from './group-rows.ts'

/** What `read_group` is asked; `limit` and `offset` are as a client gave them. */
export type ReadGroup = {
  readonly domain: unknown
  readonly fields: readonly string[]
  readonly groupby: readonly string[]
  readonly offset: unknown
  readonly limit: unknown
  readonly orderby: string | undefined
  /** Group by the first key only, and tell the others in `__context`. */
  readonly lazy: boolean
}

/** The method `read_group` (odoo 18.0 models.py; in 19 it is deprecated and still there). */
export function readGroup(orm: Orm, model: Model, asked: ReadGroup): Record<string, unknown>[] {
  const keys = asked.lazy ? asked.groupby.slice(0, 1) : asked.groupby
  const specs = explicitKeys(model, keys)
  const aggregates = explicitAggregates(model, asked, keys)
  const groups = groupRows(orm, model, {
    domain: asked.domain,
    groupby: [...specs.values()],
    aggregates: [...aggregates.values()],
    offset: asked.offset,
    limit: asked.limit,
    order:
      asked.orderby === undefined ? [...specs.values()].join(',') : explicitOrder(asked.orderby, specs, aggregates),
  })
  const full = completed(orm, model, groups, asked.lazy)
  return shownGroups(orm, full, asked, keys, [...aggregates.keys()])
}

/** Groups by the name under which they are told; days and moments are grouped by month unless they say it. */
export function explicitKeys(model: Model, keys: readonly string[]): Map<string, string> {
  return new Map(
    keys.map((spec) => {
      const { field: name, rest, func } = parseGroupSpec(spec)
      const field = model.fields.get(name)
      if (field === undefined) throw unknownGroupField(model, name)
      if (rest !== undefined && field.type !== 'properties') {
        throw valueError(`Property name ${pythonRepr(rest)} has to be used on a property field.`)
      }
      const dated = field.type === 'date' || field.type === 'datetime'
      return [spec, dated ? `${name}:${func ?? 'month'}` : spec]
    }),
  )
}

/** Aggregates by the name under which they are told: `name:function(field)`, `field:function`, `field`, and the count. */
function explicitAggregates(model: Model, { fields, lazy }: ReadGroup, keys: readonly string[]): Map<string, string> {
  const [key] = keys
  const aggregates = new Map([[lazy && key !== undefined ? `${key.split(':')[0]}_count` : '__count', '__count']])
  for (const spec of fields) {
    if (spec === '__count') continue
    const [, name, func, of] = /^(\w+)(?::(\w+)(?:\((\w+)\))?)?/.exec(spec) ?? []
    if (name === undefined) throw valueError(`Invalid field specification ${pythonRepr(spec)}.`)
    if (func !== undefined) {
      aggregates.set(name, `${of ?? name}:${func}`)
      continue
    }
    const field = model.fields.get(name)
    if (field === undefined) throw unknownGroupField(model, name)
    const summed = field.aggregator !== undefined && (field.store || field.related !== undefined) && !isList(field.type)
    if (summed && !keys.includes(spec)) aggregates.set(name, `${name}:${field.aggregator}`)
  }
  return aggregates
}

function isList(type: string): boolean {
  return type === 'one2many' || type === 'many2many'
}

function explicitOrder(
  orderby: string,
  keys: ReadonlyMap<string, string>,
  aggregates: ReadonlyMap<string, string>,
): string {
  const names = [...[...keys].toReversed(), ...aggregates].map(
    ([name, spec]) => [name.split(':')[0] ?? '', spec] as const,
  )
  const terms = orderby.split(',').map((part) => {
    const term = part.trim()
    const found = names.find(([name]) => term === name || term.startsWith(`${name} `))
    return found === undefined ? term : `${found[1]}${term.slice(found[0].length)}`
  })
  return terms.join(',')
}

function completed(orm: Orm, model: Model, groups: Groups, lazy: boolean): ExpandedGroups {
  const hasRows = groups.rows.length > 0 || typeof orm.context.fill_temporal === 'object'
  const filled = fillsTemporal(orm) && hasRows ? fillTemporal(orm, groups) : groups
  return (lazy ? expandGroups(orm, model, filled) : undefined) ?? { ...filled, folded: undefined }
}

function shownGroups(
  orm: Orm,
  groups: ExpandedGroups,
  { domain, groupby }: ReadGroup,
  names: readonly string[],
  aggregates: readonly string[],
): Record<string, unknown>[] {
  const describe = groups.keys.map((key, index) =>
    describeValues(
      orm,
      key,
      groups.rows.map(({ values }) => values[index]),
    ),
  )
  const left = groupby.slice(names.length)
  return groups.rows.map((row) => {
    const told: Record<string, unknown> = {}
    const described = describe.map((one, index) => one(row.values[index]))
    const ranges: Record<string, unknown> = {}
    described.forEach(({ label, range }, index) => {
      const name = names[index] ?? ''
      told[name] = label
      if (range !== undefined) ranges[name] = range
    })
    aggregates.forEach((name, index) => {
      told[name] = row.aggregates[index]
    })
    if (groups.folded !== undefined) told.__fold = groups.folded.get(row.values[0]) ?? false
    const domains = described.map((one) => one.domain)
    told.__domain = joinDomains([domain, ...domains], orm.engine.version.domain)
    if (left.length > 0) told.__context = { group_by: left }
    if (Object.keys(ranges).length > 0) told.__range = ranges
    return told
  })
}
