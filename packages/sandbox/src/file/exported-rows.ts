import type { Engine } from '../engine/contract.ts'
import { keyError, OdooFault, typeError } from '../fault/odoo-fault.ts'
import { callKw } from '../rpc/call-kw.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { isObject } from '../value/is-object.ts'
import { pythonText } from '../value/python-text.ts'

/** What the web client wants to be exported. */
export type ExportRequest = {
  readonly model: Model
  readonly fields: readonly { readonly name: string; readonly label: string }[]
  /** The records, or those that the domain finds. */
  readonly ids: readonly unknown[] | undefined
  readonly domain: unknown
  /** Is the file meant to be imported again? Then its columns are named as fields. */
  readonly isImportable: boolean
  readonly context: Readonly<Record<string, unknown>>
  readonly groupBy: readonly string[]
}

/** A column of what is exported. */
export type ExportColumn = { readonly header: string; readonly field: Field | undefined }

/** Reads the request as Odoo does: what is missing is a KeyError, as is a model that nobody knows. */
export function readExportRequest(engine: Engine, data: string): ExportRequest {
  const given = jsonObject(data)
  for (const name of ['model', 'fields', 'ids', 'domain', 'import_compat']) {
    if (!Object.hasOwn(given, name)) throw keyError(name)
  }
  const model = engine.schema.models.get(String(given.model))
  if (model === undefined) throw keyError(String(given.model))
  const isImportable = Boolean(given.import_compat)
  const fields = listOf(given.fields).map((field) => exportField(field, isImportable))
  const context = isObject(given.context) ? given.context : {}
  const groupBy = isImportable ? [] : listOf(given.groupby).map(String)
  const ids = listOf(given.ids)
  return { model, fields, ids: ids.length > 0 ? ids : undefined, domain: given.domain, isImportable, context, groupBy }
}

/** The values of the records by column, as `export_data` gives them. */
export function exportedRows(engine: Engine, uid: number, request: ExportRequest): readonly (readonly unknown[])[] {
  const { model, fields, domain, isImportable } = request
  const context = { import_compat: isImportable, ...request.context }
  const call = (method: string, ...args: unknown[]) =>
    callKw(engine, uid, { model: model.name, method, args, kwargs: { context } })
  const ids = request.ids ?? call('search', domain)
  const names = fields.map(({ name }) => name)
  const exported = call('export_data', ids, names)
  return isObject(exported) ? listOf(exported.datas).map(listOf) : []
}

/** The columns in the order of the request. */
export function exportColumns(engine: Engine, { model, fields, isImportable }: ExportRequest): ExportColumn[] {
  return fields.map(({ name, label }) => ({
    header: isImportable ? name : label.trim(),
    field: fieldAt(engine, model, name.split('/')),
  }))
}

/** A cell as text: what Python's `str` makes of the value, nothing where there is none. */
export function cellText(value: unknown, field: Field | undefined): string {
  if (value === false || value === null || value === undefined) return ''
  const isFloat = field?.type === 'float' || field?.type === 'monetary'
  return typeof value === 'number' && isFloat && Number.isInteger(value) ? `${value}.0` : pythonText(value)
}

function fieldAt(engine: Engine, model: Model, [first = '', ...rest]: readonly string[]): Field | undefined {
  const field = model.fields.get(first)
  if (rest.length === 0 || field?.relation === undefined) return field
  const target = engine.schema.models.get(field.relation)
  return target === undefined ? undefined : fieldAt(engine, target, rest)
}

function exportField(field: unknown, isImportable: boolean): { name: string; label: string } {
  if (!isObject(field)) throw typeError('string indices must be integers')
  for (const name of isImportable ? ['name'] : ['name', 'label']) {
    if (!Object.hasOwn(field, name)) throw keyError(name)
  }
  return { name: String(field.name), label: String(field.label ?? '') }
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new OdooFault('json.decoder.JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)')
  }
  throw typeError('list indices must be integers or slices, not str')
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
