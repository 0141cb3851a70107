import type { Orm, Values } from '../engine/contract.ts'
import { type Field, isX2many } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { fromColumn, toColumn } from '../value/column-value.ts'

/**
 * What a new record gets without being told: `default_<field>` of the context, what the model works out, the constant
 * of its facts. Fields without a default are left out (odoo 18.0 models.py, default_get).
 */
export function defaultsOf(orm: Orm, model: Model, fields: Iterable<Field>): Values {
  const values: Record<string, unknown> = {}
  const own = orm.engine.behaviours[model.name]?.defaults ?? {}
  for (const field of fields) {
    const given = orm.context[`default_${field.name}`]
    const worked = own[field.name]
    if (given !== undefined) values[field.name] = given
    else if (worked !== undefined) values[field.name] = worked(orm)
    else if (field.default !== undefined) values[field.name] = field.default
  }
  return values
}

/**
 * The method `default_get`: defaults of the fields that the model has, as values to write: of a list commands, of the rest
 * what would be kept (odoo 18.0 models.py, default_get).
 */
export function shownDefaults(orm: Orm, model: Model, names: readonly string[]): Values {
  const fields = names.map((name) => model.fields.get(name)).filter((field) => field !== undefined)
  const defaults = defaultsOf(orm, model, fields)
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (!(field.name in defaults)) return []
      const value = defaults[field.name]
      return [[field.name, isX2many(field) ? asCommands(value) : keptValue(model, field, value)]]
    }),
  )
}

function keptValue(model: Model, field: Field, value: unknown): unknown {
  return fromColumn(field, toColumn(model.name, field, value))
}

/** A list of ids is a set; behind an empty set stand the commands that add to it. */
function asCommands(value: unknown): unknown[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  if (items.every((item) => typeof item === 'number')) return [[6, 0, items]]
  const [first] = items
  if (items.length === 1 && Array.isArray(first) && first[0] === 6) return [[6, 0, first[2]]]
  const added = items.flatMap((item) => {
    if (!Array.isArray(item)) return []
    if (item[0] === 6 && Array.isArray(item[2])) return item[2].map((id) => [4, id, 0])
    return [item[0] === 4 ? [4, item[1], 0] : item]
  })
  return [[6, 0, []], ...added]
}
