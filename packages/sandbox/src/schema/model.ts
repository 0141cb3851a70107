import type { Field } from './field.ts'
import type { ModelRow } from './model-row.ts'

/** A model: its facts from the data file, joined with the row that says what the file does not. */
export type Model = {
  /** Technical name, `res.partner`. */
  readonly name: string
  /** Name for people, `Contact`. */
  readonly label: string
  readonly table: string
  /** The order of a search that names none. */
  readonly order: string
  readonly fields: ReadonlyMap<string, Field>
  readonly row: ModelRow
  /** The sandbox knows the model and its rights, and keeps no records of it. */
  readonly isEmpty: boolean
  /** The field that names a record. */
  readonly recName: string
  /** The many2one to the record above, for `child_of`. */
  readonly parentField: string
}

/** All models of one version, and who leads to whom. */
export type Schema = {
  readonly models: ReadonlyMap<string, Model>
  /** The many2one columns of all models that lead to this one; what a deletion has to look at. */
  referencesTo(model: string): readonly Reference[]
  /** The sides of many2many tables that hold ids of this model. */
  relationsOf(model: string): readonly { readonly table: string; readonly side: string }[]
}

/** A many2one column of a model. */
export type Reference = { readonly model: Model; readonly field: Field }

/** The model of that name; a name from outside is looked up in `schema.models` first. */
export function modelNamed(schema: Schema, name: string): Model {
  const model = schema.models.get(name)
  if (model === undefined) throw new TypeError(`The sandbox has no model ${name}`)
  return model
}

/** The field of that name; a name from outside is looked up in `model.fields` first. */
export function fieldNamed(model: Model, name: string): Field {
  const field = model.fields.get(name)
  if (field === undefined) throw new TypeError(`${model.name} has no field ${name}`)
  return field
}
