import { type FieldSchema, fieldTypeFacts, type ModelSchema } from '@odoo-gatehouse/odoo/schema'
import type { Api } from './api.ts'

/** A model as an API shows it to a user who sees `schema` in Odoo. */
export type ShownSchema = {
  /** Without the hidden fields: to whoever calls, they are not there. */
  readonly schema: ModelSchema
  /** Fields that Odoo works out from records which a forced domain may hide. */
  readonly hidden: ReadonlySet<string>
}

const known = new WeakMap<ModelSchema, WeakMap<Api, ShownSchema>>()

/**
 * Takes out of a schema what would tell about records beyond a forced domain. Odoo walks the path of a related field
 * (`parent_name`: `parent_id.name`), and of what a computed field depends on, without asking anybody: where such a path
 * leads into a model that this API shows a part of, the field is a hop around its forced domain.
 *
 * A many2one stays, since its name is blanked by the record that it leads to. So does `display_name`, without which no
 * record can be shown.
 */
export function shownSchema(api: Api, schema: ModelSchema): ShownSchema {
  const byApi = known.get(schema) ?? new WeakMap<Api, ShownSchema>()
  known.set(schema, byApi)
  const shown = byApi.get(api) ?? work(api, schema)
  byApi.set(api, shown)
  return shown
}

function work(api: Api, schema: ModelSchema): ShownSchema {
  const { forcedModels } = api
  if (forcedModels.size === 0) return { schema, hidden: new Set() }
  const hidden = new Set<string>()
  for (const field of schema.fields.values()) if (leadsInto(forcedModels, schema, field)) hidden.add(field.name)
  const fields = new Map([...schema.fields].filter(([name]) => !hidden.has(name)))
  return { schema: { ...schema, fields }, hidden }
}

function leadsInto(guarded: ReadonlySet<string>, schema: ModelSchema, field: FieldSchema): boolean {
  if (field.name === 'display_name' || fieldTypeFacts(field.type).relational) return false
  const paths = field.related === undefined ? field.depends : [field.related, ...field.depends]
  return paths.some(([first, second, third]) => {
    if (first === undefined || second === undefined) return false
    const model = schema.fields.get(first)?.relation
    // Of a longer path only the first model is known here; where it goes on to, nobody has decided.
    return model === undefined || guarded.has(model) || third !== undefined
  })
}
