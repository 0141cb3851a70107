import type { Orm } from '../../engine/contract.ts'
import { keyError } from '../../fault/odoo-fault.ts'
import type { Model } from '../../schema/model.ts'
import { pythonText } from '../../value/python-text.ts'
import { describeValues, type GroupValue } from './group-format.ts'
import { groupRows } from './group-rows.ts'
import { explicitKeys } from './read-group.ts'

/** What `read_progress_bar` is asked: the field whose values are counted, and the values that have a colour. */
export type ProgressBar = { readonly field: string; readonly colors: readonly string[] }

/**
 * How many records each group has of each value with a colour: the bars above the columns of a board
 * (odoo 18.0 web/models/models.py, read_progress_bar). What a group is called differs between the versions.
 */
export function readProgressBar(
  orm: Orm,
  model: Model,
  domain: unknown,
  groupby: string,
  bar: ProgressBar,
): Record<string, Record<string, number>> {
  const { progress: progressGroups } = orm.engine.version.groups
  if (progressGroups === 'label' && !model.fields.has(groupby.split(/[:.]/)[0] ?? '')) throw keyError(groupby)
  const given = [groupby, bar.field]
  const keys = progressGroups === 'value' ? given : [...explicitKeys(model, given).values()]
  const order = progressGroups === 'value' ? '' : keys.join(',')
  const groups = groupRows(orm, model, { domain, groupby: keys, aggregates: ['__count'], order })
  const [key] = groups.keys
  if (key === undefined) return {}
  const describe = describeValues(
    orm,
    key,
    groups.rows.map(({ values }) => values[0]),
  )
  const choices = new Map(progressGroups === 'label' ? key.field.selection : [])
  const counts: Record<string, Record<string, number>> = {}
  for (const { values, aggregates } of groups.rows) {
    const name = groupName(describe(values[0]), progressGroups, choices)
    const value = String(values[1])
    // From 19 on a group without any coloured record is left out.
    if (progressGroups === 'value' && !bar.colors.includes(value)) continue
    counts[name] ??= Object.fromEntries(bar.colors.map((color) => [color, 0]))
    const counted = counts[name]
    if (bar.colors.includes(value)) counted[value] = (counted[value] ?? 0) + Number(aggregates[0])
  }
  return counts
}

function groupName(
  described: GroupValue,
  by: 'label' | 'id or label' | 'value',
  choices: ReadonlyMap<string, string>,
): string {
  const { value, label } = described
  if (by === 'value') return pythonText(value)
  if (Array.isArray(label)) return pythonText(by === 'label' ? label[1] : label[0])
  return pythonText(choices.get(String(label)) ?? label)
}
