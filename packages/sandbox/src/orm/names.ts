import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'
import { pythonText } from '../value/python-text.ts'

/**
 * The display names of records, by id. A record without a name is called by its model and id, as Odoo does. Names are
 * read as superuser: a name may show of a record that the user cannot open.
 */
export function namesOf(orm: Orm, model: Model, ids: readonly number[]): Map<number, string> {
  if (ids.length === 0) return new Map()
  const reader = orm.asSuperuser()
  const own = orm.engine.behaviours[model.name]?.names
  if (own !== undefined) return own(reader, ids)
  const names = new Map<number, string>()
  if (!model.fields.has(model.recName)) {
    for (const id of ids) names.set(id, `${model.name},${id}`)
    return names
  }
  for (const [id, values] of reader.values(model.name, ids, [model.recName])) {
    const name = values[model.recName]
    names.set(id, name === false ? `${model.name},${id}` : pythonText(name))
  }
  return names
}
