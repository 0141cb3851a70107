import { mayUseField } from '../access/check-fields.ts'
import type { Orm } from '../engine/contract.ts'
import type { Field } from '../schema/field.ts'
import { traitsOf } from '../schema/field-traits.ts'
import type { Model } from '../schema/model.ts'

/**
 * The method `fields_get`: the facts of the fields that the user may see. They are the same whether he may write the
 * model or not (odoo 18.0 models.py, fields_get).
 */
export function fieldsGet(
  orm: Orm,
  model: Model,
  names: readonly string[] | undefined,
  attributes: readonly string[] | undefined,
): Record<string, Record<string, unknown>> {
  const described: Record<string, Record<string, unknown>> = {}
  for (const field of model.fields.values()) {
    if (names !== undefined && names.length > 0 && !names.includes(field.name)) continue
    if (!mayUseField(orm, field, model)) continue
    const choices = orm.engine.behaviours[model.name]?.choices?.[field.name]
    const selection = choices === undefined ? {} : { selection: choices(orm) }
    const facts = { ...describe(orm, field), ...selection }
    described[field.name] = Object.fromEntries(
      Object.entries(facts).filter(
        ([name, value]) =>
          value !== undefined && (attributes === undefined || attributes.length === 0 || attributes.includes(name)),
      ),
    )
  }
  return described
}

function describe(orm: Orm, field: Field): Record<string, unknown> {
  const { aggregatorAttribute, tellsGroupable, tellsHierarchies } = orm.engine.version
  return withoutNulls({
    name: field.name,
    type: field.type,
    string: field.label,
    help: field.help,
    relation: field.relation,
    relation_field: field.relationField,
    model_field: tellsGroupable ? field.modelField : undefined,
    required: field.required,
    readonly: field.readonly,
    store: field.store,
    sortable: field.sortable,
    searchable: field.searchable,
    groupable: tellsGroupable ? field.groupable : undefined,
    company_dependent: field.companyDependent,
    translate: traitsOf(field).translates ? field.translate : undefined,
    trim: field.type === 'char' ? true : undefined,
    size: field.size,
    selection: field.selection,
    digits: field.digits,
    currency_field: field.currencyField,
    [aggregatorAttribute]: field.aggregator,
    related: field.related,
    groups: field.groups.length > 0 ? field.groups.join(',') : undefined,
    allow_hierachy_operators:
      tellsHierarchies && field.relation !== undefined ? hasParents(orm, field.relation) : undefined,
    context: field.relation === undefined ? undefined : {},
    domain: field.relation === undefined ? undefined : [],
    depends: field.related === undefined ? [] : [field.related],
    manual: false,
    change_default: false,
    exportable: true,
    default_export_compatible: false,
    ...(field.type === 'html' ? SANITIZED : {}),
    ...field.tells,
  })
}

/** How HTML is cleaned, unless the field says otherwise. */
const SANITIZED = {
  sanitize: true,
  sanitize_tags: true,
  sanitize_attributes: true,
  sanitize_style: false,
  strip_style: false,
  strip_classes: false,
}

/** Do records of the model have their place in a tree? */
function hasParents(orm: Orm, name: string): boolean {
  const model = orm.model(name)
  return model.fields.has(model.parentField)
}

function withoutNulls(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
}
