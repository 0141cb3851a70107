import type { Method, MethodCall } from '../engine/contract.ts'
import { formattedReadGroup } from '../orm/grouping/formatted-read-group.ts'
import type { GroupQuery } from '../orm/grouping/group-rows.ts'
import { explicitKeys, type ReadGroup, readGroup } from '../orm/grouping/read-group.ts'
import { readProgressBar } from '../orm/grouping/read-progress-bar.ts'
import { pageOfGroups, webReadGroup } from '../orm/grouping/web-read-group.ts'
import { parseSpecification } from '../orm/web-read.ts'
import { pythonText, pythonTruth } from '../value/python-text.ts'
import { listedNames, optionalText } from './arguments.ts'

/** The methods of every model that put records into groups. */
export const GROUP_METHODS: readonly Method[] = [
  {
    name: 'read_group',
    on: 'model',
    params: ['domain', 'fields', 'groupby', 'offset?', 'limit?', 'orderby?', 'lazy?'],
    run: (call) => readGroup(call.orm, call.model, readGroupOf(call)),
  },
  {
    name: 'web_read_group',
    on: 'model',
    params: ['domain', 'fields', 'groupby', 'limit?', 'offset?', 'orderby?', 'lazy?'],
    until: 18,
    run: (call) => {
      const { orm, model } = call
      const asked = readGroupOf(call)
      const keys = asked.lazy ? asked.groupby.slice(0, 1) : asked.groupby
      const groups = readGroup(orm, model, asked)
      return pageOfGroups(orm, model, groups, { ...asked, groupby: [...explicitKeys(model, keys).values()] })
    },
  },
  {
    name: 'web_read_group',
    on: 'model',
    params: [
      ...['domain', 'groupby', 'aggregates?', 'limit?', 'offset?', 'order?', 'auto_unfold?', 'opening_info?'],
      ...['unfold_read_specification?', 'unfold_read_default_limit?', 'groupby_read_specification?'],
    ],
    since: 19,
    run: (call) =>
      webReadGroup(call.orm, call.model, {
        ...groupQueryOf(call),
        autoUnfold: pythonTruth(call.args.auto_unfold),
        specification: parseSpecification(call.args.unfold_read_specification || {}),
        recordsMax: call.args.unfold_read_default_limit ?? 80,
      }),
  },
  {
    name: 'formatted_read_group',
    on: 'model',
    params: ['domain', 'groupby?', 'aggregates?', 'having?', 'offset?', 'limit?', 'order?'],
    since: 19,
    run: (call) => formattedReadGroup(call.orm, call.model, groupQueryOf(call)),
  },
  {
    name: 'formatted_read_grouping_sets',
    on: 'model',
    params: ['domain', 'grouping_sets', 'aggregates?', 'order?'],
    since: 19,
    run: (call) => {
      const sets = Array.isArray(call.args.grouping_sets) ? call.args.grouping_sets : []
      return sets.map((groupby) =>
        formattedReadGroup(call.orm, call.model, { ...groupQueryOf(call), groupby: listedNames(groupby) }),
      )
    },
  },
  {
    name: 'read_progress_bar',
    on: 'model',
    params: ['domain', 'group_by', 'progress_bar'],
    run: ({ orm, model, args }) => {
      const bar: Readonly<Record<string, unknown>> = Object(args.progress_bar)
      const colors = Array.isArray(bar.colors) ? listedNames(bar.colors) : Object.keys(Object(bar.colors))
      const groupby = pythonText(args.group_by)
      return readProgressBar(orm, model, args.domain, groupby, { field: pythonText(bar.field), colors })
    },
  },
]

function readGroupOf({ args }: MethodCall): ReadGroup {
  return {
    domain: args.domain,
    fields: listedNames(args.fields),
    groupby: typeof args.groupby === 'string' ? [args.groupby] : listedNames(args.groupby),
    offset: args.offset,
    limit: args.limit,
    orderby: optionalText(args.orderby),
    lazy: !('lazy' in args) || pythonTruth(args.lazy),
  }
}

function groupQueryOf({ args }: MethodCall): GroupQuery {
  return {
    domain: args.domain,
    groupby: listedNames(args.groupby ?? []),
    aggregates: listedNames(args.aggregates ?? []),
    having: args.having,
    offset: args.offset,
    limit: args.limit,
    order: optionalText(args.order) ?? '',
  }
}
