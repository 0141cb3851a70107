import { mayUseField } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import { checkRecords } from '../access/check-records.ts'
import type { Orm } from '../engine/contract.ts'
import { valueError } from '../fault/odoo-fault.ts'
import { externalIdNamed } from '../orm/external-ids.ts'
import { readRecords } from '../orm/read.ts'
import type { Field, FieldType } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'

/** A report as Odoo knows it: what it is about, and what its file is called. */
export type Report = {
  readonly name: string
  readonly technicalName: string
  readonly model: string
  /** A Python expression over the record, for the name of its file; '' where the report's own name is it. */
  readonly fileNameOf: string
}

/** What a report shows: a page a record, with a few lines of a label and a value. */
export type ReportPage = { readonly title: string; readonly lines: readonly (readonly [string, string])[] }

const MODEL = 'ir.actions.report'

/** The report of a technical name or an external name; a ValueError for any other. */
export function findReport(orm: Orm, name: string): Report {
  const all = orm.asSuperuser()
  const known = orm.engine.schema.models.has(MODEL)
  const [id = known ? namedReport(orm, name) : undefined] = known
    ? all.search(MODEL, [['report_name', '=', name]], { limit: 1 })
    : []
  const row =
    id === undefined
      ? undefined
      : all.values(MODEL, [id], ['name', 'model', 'report_name', 'print_report_name']).get(id)
  if (row === undefined) throw valueError(`External ID not found in the system: ${name}`)
  return {
    name: String(row.name),
    technicalName: String(row.report_name),
    model: String(row.model),
    fileNameOf: String(row.print_report_name || ''),
  }
}

/** Reports whose layout reads records of another model besides: who may not read these is refused. */
const READS: Readonly<Record<string, string>> = {
  'base.report_irmodulereference': 'ir.model.data',
  'base.report_irmodeloverview': 'ir.model.access',
}

/** The pages about these records, as the user may read them. A report about nothing has no page. */
export function reportPages(orm: Orm, report: Report, ids: readonly number[]): ReportPage[] {
  const model = orm.engine.schema.models.get(report.model)
  if (model === undefined || ids.length === 0) return []
  checkRecords(orm, model, ids, 'read')
  const besides = orm.engine.schema.models.get(READS[report.technicalName] ?? '')
  if (besides !== undefined) checkModel(orm, besides, 'read')
  const fields = shownFields(orm, model)
  const names = orm.names(model.name, ids)
  const records = readRecords(
    orm,
    model,
    ids,
    fields.map(({ name }) => name),
    true,
  )
  return records.map((record) => ({
    title: names.get(Number(record.id)) ?? '',
    lines: fields
      .map((field) => [field.label, shownValue(field, record[field.name])] as const)
      .filter(([, value]) => value !== ''),
  }))
}

/** What the file of a report is called, without its ending. `%s` of the first text in the expression is a field. */
export function reportFileName(orm: Orm, report: Report, ids: readonly number[]): string {
  const [, text, field] = /'([^']*%s[^']*)'\s*%\s*\(?\s*object\.(\w+)/.exec(report.fileNameOf) ?? []
  const [id] = ids
  if (text === undefined || field === undefined || id === undefined || ids.length > 1) return report.name
  const model = orm.engine.schema.models.get(report.model)
  if (!model?.fields.has(field)) return report.name
  return text.replace('%s', () => String(orm.values(model.name, [id], [field]).get(id)?.[field] ?? ''))
}

const LINES_MAX = 10
const SHOWN: ReadonlySet<FieldType> = new Set<FieldType>([
  ...(['char', 'selection', 'date', 'datetime', 'integer', 'float', 'monetary', 'many2one', 'boolean'] as const),
])
const LOG_FIELDS = new Set(['id', 'display_name', 'create_uid', 'create_date', 'write_uid', 'write_date'])

function shownFields(orm: Orm, model: Model): Field[] {
  return [...model.fields.values()]
    .filter((field) => SHOWN.has(field.type) && field.store && !LOG_FIELDS.has(field.name) && mayUseField(orm, field))
    .sort((one, other) => Number(other.required) - Number(one.required))
    .slice(0, LINES_MAX)
}

function shownValue(field: Field, value: unknown): string {
  if (Array.isArray(value)) return String(value[1] ?? '')
  if (field.type === 'boolean') return value === true ? 'Yes' : 'No'
  if (value === false || value === null || value === undefined) return ''
  return field.selection?.find(([key]) => key === value)?.[1] ?? String(value)
}

function namedReport(orm: Orm, xmlid: string): number | undefined {
  const named = externalIdNamed(orm, xmlid)
  return named?.model === MODEL ? named.resId : undefined
}
