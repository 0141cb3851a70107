import type { Orm, Values } from '../engine/contract.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'

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
