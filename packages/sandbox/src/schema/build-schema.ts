import type { Field, FieldStorage } from './field.ts'
import { hasColumn } from './field.ts'
import { traitsOf } from './field-traits.ts'
import type { Model, Reference, Schema } from './model.ts'
import type { ModelRow } from './model-row.ts'
import { type FieldFacts, type ModelFacts, readTimeZones, TIME_ZONES } from './read-facts.ts'

/** Joins the facts of a version with the rows of the models. A model without a row behaves as Odoo's plain ones. */
export function buildSchema(facts: readonly ModelFacts[], rows: Readonly<Record<string, ModelRow>>): Schema {
  const models = new Map(facts.map((model) => [model.model, buildModel(model, rows)]))
  for (const [name, model] of models) models.set(name, withInheritedFields(model, models))
  const references = new Map<string, Reference[]>()
  const relations = new Map<string, Map<string, { table: string; side: string }>>()
  for (const model of models.values()) {
    for (const field of model.fields.values()) {
      if (field.type === 'many2one' && hasColumn(field)) gather(references, field.relation, { model, field })
      if (field.storage.kind === 'relation') {
        const { table, left, right } = field.storage
        note(relations, model.name, { table, side: left })
        note(relations, field.relation ?? '', { table, side: right })
      }
    }
  }
  // PostgreSQL looks at tables in the order in which they were made; within an addon the names' order comes close to it.
  const addons = new Map(facts.map(({ model, addon }) => [model, addon]))
  const place = ({ model }: Reference): string => `${String(addons.get(model.name)).padStart(3, '0')} ${model.table}`
  for (const list of references.values()) list.sort((a, b) => (place(a) < place(b) ? -1 : 1))
  return {
    models,
    referencesTo: (name) => references.get(name) ?? [],
    relationsOf: (name) => [...(relations.get(name)?.values() ?? [])],
  }
}

/** The table of all models without records. */
const EMPTY_TABLE = 'sandbox_empty'

type ModelRows = Readonly<Record<string, ModelRow>>

function buildModel(facts: ModelFacts, rows: ModelRows): Model {
  const row = rows[facts.model] ?? {}
  const fields = new Map(facts.fields.map((field) => [field.field, buildField(facts.model, field, rows)]))
  return {
    name: facts.model,
    label: facts.label,
    table: facts.isEmpty ? EMPTY_TABLE : facts.model.replaceAll('.', '_'),
    isEmpty: facts.isEmpty ?? false,
    order: facts.order,
    fields,
    row,
    recName: row.recName ?? 'name',
    parentField: row.parent ?? 'parent_id',
  }
}

function buildField(model: string, facts: FieldFacts, rows: ModelRows): Field {
  const store = facts.store ?? true
  const plain = store && traitsOf(facts).sortable
  return {
    name: facts.field,
    type: facts.type,
    label: facts.string,
    help: facts.help,
    relation: facts.relation,
    relationField: facts.relation_field,
    modelField: facts.model_field,
    required: facts.required ?? false,
    readonly: facts.readonly ?? false,
    store,
    sortable: facts.sortable ?? plain,
    searchable: facts.searchable ?? store,
    groupable: facts.groupable ?? (plain || (store && facts.type === 'many2many')),
    companyDependent: facts.company_dependent ?? false,
    translate: facts.translate ?? false,
    selection: facts.selection === TIME_ZONES ? readTimeZones() : facts.selection,
    size: facts.size,
    digits: facts.digits,
    currencyField: facts.currency_field,
    aggregator: facts.aggregator,
    related: facts.related,
    groups: facts.groups ?? [],
    default: facts.default,
    tells: facts.tells ?? {},
    storage: storageOf(model, facts, rows),
  }
}

function storageOf(model: string, facts: FieldFacts, rows: ModelRows): FieldStorage {
  const row = rows[model] ?? {}
  const path = row.paths?.[facts.field] ?? facts.related
  if (row.computed?.includes(facts.field)) return { kind: 'computed' }
  if (path !== undefined) return { kind: 'path', path: path.split('.') }
  if (facts.type === 'one2many' && facts.relation_field !== undefined) {
    const modelField = rows[facts.relation ?? '']?.referenceModels?.[facts.relation_field]
    return { kind: 'inverse', inverse: facts.relation_field, modelField }
  }
  const named = row.relationTables?.[facts.field]
  if (named !== undefined) return { kind: 'relation', ...named }
  if (facts.store === false) return { kind: 'computed' }
  if (facts.type === 'many2many') return { kind: 'relation', ...usualRelation(model, facts.relation ?? '') }
  return { kind: 'column' }
}

/** odoo 18.0 fields.py, Many2many.update_db: both tables in alphabetical order, each column `<table>_id`. */
function usualRelation(model: string, other: string): { table: string; left: string; right: string } {
  const own = model.replaceAll('.', '_')
  const theirs = other.replaceAll('.', '_')
  return { table: `${[own, theirs].sort().join('_')}_rel`, left: `${own}_id`, right: `${theirs}_id` }
}

/** Adds the fields of the model that this one inherits from, as paths through the many2one to it. */
function withInheritedFields(model: Model, models: ReadonlyMap<string, Model>): Model {
  const inherits = model.row.inherits
  const parent = inherits === undefined ? undefined : models.get(inherits.model)
  if (inherits === undefined || parent === undefined) return model
  const fields = new Map(model.fields)
  for (const field of parent.fields.values()) {
    if (fields.has(field.name)) continue
    const path = [inherits.field, field.name]
    fields.set(field.name, {
      ...field,
      store: false,
      groupable: field.groupable,
      related: path.join('.'),
      storage: { kind: 'path', path },
      companyDependent: false,
      tells: inheritedTells(field),
    })
  }
  return { ...model, fields }
}

/** Of an inherited field these are its own: it depends on the other record, and nothing of it is kept here. */
function inheritedTells({ tells }: Field): Readonly<Record<string, unknown>> {
  const { depends: _, default_export_compatible: _named, change_default: _asked, ...others } = tells
  return { ...others, ...('attachment' in tells ? { attachment: false } : {}), relation_field: null }
}

function gather<T>(into: Map<string, T[]>, key: string | undefined, value: T): void {
  if (key === undefined) return
  const known = into.get(key)
  if (known === undefined) into.set(key, [value])
  else known.push(value)
}

/** Both sides of a relation may be declared as fields: the table is noted once. */
function note(
  into: Map<string, Map<string, { table: string; side: string }>>,
  model: string,
  side: { table: string; side: string },
): void {
  const known = into.get(model) ?? new Map<string, { table: string; side: string }>()
  known.set(`${side.table}.${side.side}`, side)
  into.set(model, known)
}
