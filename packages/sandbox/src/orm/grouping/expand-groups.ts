import type { Orm } from '../../engine/contract.ts'
import type { Field } from '../../schema/field.ts'
import type { Model } from '../../schema/model.ts'
import type { Groups } from './group-rows.ts'

/** Groups with those that have no records but are shown all the same; `folded` tells which ones are closed at first. */
export type ExpandedGroups = Groups & { readonly folded: ReadonlyMap<unknown, boolean> | undefined }

/**
 * Adds the groups of a field that shows all its groups, such as the stages of tasks, in the order of their model; then
 * come groups that are not among them (odoo 18.0 models.py, _read_group_fill_results). `undefined` for other fields.
 */
export function expandGroups(orm: Orm, model: Model, groups: Groups): ExpandedGroups | undefined {
  const [key] = groups.keys
  const field = key?.path.length === 0 ? key.field : undefined
  const expand = orm.engine.behaviours[model.name]?.expanded?.[field?.name ?? '']
  if (field === undefined || expand === undefined) return undefined
  const found = new Map(groups.rows.map((row) => [row.values[0], row]))
  const shown = expand(
    orm,
    [...found.keys()].filter((value) => typeof value === 'number'),
  )
  const empty = groups.aggregates.map((one) => one.empty)
  const order = [...new Set([...shown, ...found.keys()])]
  const rows = order.map((value) => found.get(value) ?? { values: [value], aggregates: empty })
  return { ...groups, rows, folded: foldedGroups(orm, field, shown) }
}

function foldedGroups(orm: Orm, field: Field, ids: readonly number[]): Map<unknown, boolean> | undefined {
  const target = field.relation
  if (target === undefined || !orm.model(target).fields.has('fold')) return undefined
  const values = orm.asSuperuser().values(target, ids, ['fold'])
  return new Map([...values].map(([id, { fold }]) => [id, fold === true]))
}
