import type { Engine } from '../engine/contract.ts'
import { keyError, typeError } from '../fault/odoo-fault.ts'
import { callKw } from '../rpc/call-kw.ts'

/** What `fields_get` tells of a field, or the field that leads to the model of one. */
type FieldFacts = Record<string, unknown>

/** A field that may be exported, as the web client lists it. */
export type ExportField = Readonly<Record<string, unknown>>

const ATTRIBUTES = [
  'type',
  'string',
  'required',
  'relation_field',
  'default_export_compatible',
  'relation',
  'exportable',
  'readonly',
]

/**
 * The fields of a model that may be exported, by their labels (odoo 18.0 web, Export.get_fields). `prefix` is the path that
 * led here; for import, only what can be written again is listed.
 */
export function exportFields(engine: Engine, uid: number, params: Readonly<Record<string, unknown>>): ExportField[] {
  const tellsAll = engine.version.files.exportTells === 'everything'
  for (const name of tellsAll ? ['model'] : ['model', 'domain']) {
    if (!(name in params)) throw typeError(`Export.get_fields() missing 1 required positional argument: '${name}'`)
  }
  const name = String(params.model)
  const model = engine.schema.models.get(name)
  if (model === undefined) throw keyError(name)
  const told = callKw(engine, uid, {
    model: name,
    method: 'fields_get',
    args: [],
    kwargs: tellsAll ? {} : { attributes: ATTRIBUTES },
  })
  const fields = chosenFields(told as Record<string, FieldFacts>, model.recName, params, tellsAll)
  const sorted = Object.entries(fields).sort(([, one], [, other]) => order(labelOf(one), labelOf(other)))
  return sorted.map(([field, facts]) => listed(field, facts, params, tellsAll))
}

function chosenFields(
  told: Readonly<Record<string, FieldFacts>>,
  recName: string,
  params: Readonly<Record<string, unknown>>,
  tellsAll: boolean,
): Record<string, FieldFacts> {
  const forImport = importCompatible(params)
  const id: FieldFacts = { ...told.id, string: 'External ID' }
  let fields: Record<string, FieldFacts> = { ...told }
  if (!forImport) fields['.id'] = { ...told.id }
  else if (leadsToOne(params)) fields = { id, [recName]: { ...told[recName] } }
  fields.id = isFacts(params.parent_field)
    ? { ...params.parent_field, string: 'External ID', ...(!tellsAll && { type: params.parent_field.field_type }) }
    : id
  const excluded = Array.isArray(params.exclude) ? params.exclude : []
  const kept = Object.entries(fields).filter(([name, facts]) => {
    if (forImport && name !== 'id' && (excluded.includes(name) || facts.readonly === true)) return false
    return facts.exportable !== false
  })
  return Object.fromEntries(kept)
}

function listed(
  name: string,
  facts: FieldFacts,
  params: Readonly<Record<string, unknown>>,
  tellsAll: boolean,
): ExportField {
  const prefix = textOf(params.prefix)
  const parentName = textOf(params.parent_name)
  const id = prefix === '' ? name : `${prefix}/${name}`
  const label = parentName === '' ? labelOf(facts) : `${parentName}/${labelOf(facts)}`
  const isName = name === 'name' && importCompatible(params) && leadsToOne(params)
  const field = {
    id,
    string: label,
    value: isName ? prefix : id,
    children: false,
    field_type: facts.type ?? null,
    required: facts.required ?? null,
    relation_field: facts.relation_field ?? null,
    default_export: importCompatible(params) && (facts.default_export_compatible ?? null),
  }
  if (id.split('/').length >= 3 || facts.relation === undefined) return field
  const { relation, ...others } = facts
  const target = { model: relation, prefix: id, name: label, parent_field: tellsAll ? others : facts }
  return { ...field, value: `${field.value}/id`, params: target, children: true }
}

function importCompatible({ import_compat: given = true }: Readonly<Record<string, unknown>>): boolean {
  return Boolean(given)
}

function leadsToOne({ parent_field_type: type }: Readonly<Record<string, unknown>>): boolean {
  return type === 'many2one' || type === 'many2many'
}

function labelOf({ string: label }: FieldFacts): string {
  return textOf(label)
}

/** As Python compares lower-cased texts: by code point. */
function order(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()]
  return left < right ? -1 : Number(left > right)
}

function isFacts(value: unknown): value is FieldFacts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
