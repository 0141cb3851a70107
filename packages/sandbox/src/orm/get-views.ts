import { mayUseField } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import type { Orm } from '../engine/contract.ts'
import { typeError, valueError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { pythonText, pythonTruth, pythonType } from '../value/python-text.ts'
import { fieldsGet } from './fields-get.ts'
import { viewOf } from './view-arch.ts'

/** The method `get_views`: views by type, and the fields that they need (odoo 18.0 base/models/ir_ui_view.py). */
export function getViews(orm: Orm, model: Model, views: unknown, options: unknown): Record<string, unknown> {
  checkModel(orm, model, 'read')
  const { listView, tellsFieldsOfViews } = orm.engine.version
  const { toolbar, load_filters: filters }: Readonly<Record<string, unknown>> = Object(options)
  const found = viewPairs(views).map(([id, type]) => {
    const view = viewOf(orm, model, type === 'list' ? listView : type, id)
    return { type, ...view }
  })
  const needed = [...new Set(found.flatMap(({ fields }) => shownTo(orm, model, fields)))]
  const facts = needed.length === 0 ? {} : fieldsGet(orm, model, needed, ATTRIBUTES)
  return {
    views: Object.fromEntries(
      found.map(({ type, arch, id }) => [
        type,
        {
          arch,
          id,
          model: model.name,
          ...(pythonTruth(toolbar) && type !== 'search' ? { toolbar: {} } : {}),
          ...(pythonTruth(filters) && type === 'search' ? { filters: [] } : {}),
        },
      ]),
    ),
    models: { [model.name]: tellsFieldsOfViews === 'in fields' ? { fields: facts } : facts },
  }
}

/** The method `get_view`: one view, with the names of its fields. */
export function getView(orm: Orm, model: Model, id: unknown, type: string): Record<string, unknown> {
  checkModel(orm, model, 'read')
  const { arch, id: found, fields } = viewOf(orm, model, type, id)
  return { arch, id: found, model: model.name, models: { [model.name]: shownTo(orm, model, fields) } }
}

function shownTo(orm: Orm, model: Model, fields: readonly string[]): string[] {
  return fields.filter((name) => {
    const field = model.fields.get(name)
    return field !== undefined && mayUseField(orm, field, model)
  })
}

/** Pairs of an id, or none, and a type. */
function viewPairs(views: unknown): [unknown, string][] {
  if (!Array.isArray(views)) throw typeError(`'${pythonType(views)}' object is not iterable`)
  return views.map((pair) => {
    const parts: readonly unknown[] = Array.isArray(pair) ? pair : typeof pair === 'string' ? [...pair] : []
    if (parts.length > 2) throw valueError('too many values to unpack (expected 2)')
    if (parts.length < 2) throw valueError(`not enough values to unpack (expected 2, got ${parts.length})`)
    return [parts[0], pythonText(parts[1])]
  })
}

/** What views need to know of a field (`_get_view_field_attributes`). */
const ATTRIBUTES = [
  ...['change_default', 'context', 'currency_field', 'definition_record', 'definition_record_field', 'digits'],
  ...['domain', 'aggregator', 'group_operator', 'groups', 'help', 'model_field', 'name', 'readonly', 'related'],
  ...['relation', 'relation_field', 'required', 'searchable', 'selection', 'size', 'sortable', 'store', 'string'],
  ...['translate', 'trim', 'type', 'groupable', 'falsy_value_label'],
]
