import { OdooFault, typeError, userError } from '../../fault/odoo-fault.ts'
import { csvText } from '../../file/csv.ts'
import { cleanFileName, downloadDisposition } from '../../file/disposition.ts'
import { exportFields } from '../../file/export-fields.ts'
import {
  cellText,
  type ExportColumn,
  type ExportRequest,
  exportColumns,
  exportedRows,
  readExportRequest,
} from '../../file/exported-rows.ts'
import { type Cell, workbook } from '../../file/workbook.ts'
import { faultOf } from '../../rpc/call-kw.ts'
import { type Answer, errorPage } from '../answer.ts'
import { resultAnswer } from '../json-rpc.ts'
import type { HttpExchange, JsonExchange, Route } from '../route.ts'
import { faultText } from './fault-text.ts'

/** Records as a file for a spreadsheet (odoo 18.0 web, controllers/export.py). */
export const EXPORT_ROUTES: readonly Route[] = [
  { paths: ['/web/export/csv'], kind: 'http', auth: 'user', run: (exchange) => exported(exchange, CSV) },
  { paths: ['/web/export/xlsx'], kind: 'http', auth: 'user', run: (exchange) => exported(exchange, XLSX) },
  { paths: ['/web/export/formats'], kind: 'json', auth: 'user', run: ({ call }) => resultAnswer(call.id, FORMATS) },
  { paths: ['/web/export/get_fields'], kind: 'json', auth: 'user', run: fields },
]

const FORMATS = [
  { tag: 'xlsx', label: 'XLSX', error: null },
  { tag: 'csv', label: 'CSV' },
]

type Rows = readonly (readonly unknown[])[]

type Format = {
  readonly ending: string
  readonly type: string
  write(request: ExportRequest, columns: readonly ExportColumn[], rows: Rows, nowMs: number): string | Promise<Buffer>
}

const CSV: Format = {
  ending: 'csv',
  type: 'text/csv;charset=utf8',
  write: ({ groupBy }, columns, rows) => {
    if (groupBy.length > 0) throw userError('Exporting grouped data to csv is not supported.')
    const header = columns.map((column) => column.header)
    return csvText(
      header,
      rows.map((row) => row.map((value, index) => cellText(value, columns[index]?.field))),
    )
  },
}

const XLSX: Format = {
  ending: 'xlsx',
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  write: (_request, columns, rows, nowMs) => {
    const header = columns.map((column): Cell => ({ value: column.header, bold: true }))
    const body = rows.map((row) =>
      row.map(
        (value, index): Cell => ({ value: typeof value === 'number' ? value : cellText(value, columns[index]?.field) }),
      ),
    )
    return workbook([header, ...body], nowMs)
  },
}

/** A file with the records, or the page of an error that tells the web client what went wrong. */
async function exported({ engine, session, params }: HttpExchange, format: Format): Promise<Answer> {
  if (params.data === undefined) throw typeError("web_export() missing 1 required positional argument: 'data'")
  try {
    const request = readExportRequest(engine, params.data)
    const rows = exportedRows(engine, session.uid ?? 0, request)
    const body = await format.write(request, exportColumns(engine, request), rows, engine.nowMs())
    const name = cleanFileName(`${request.model.label} (${request.model.name}).${format.ending}`)
    const headers = { 'content-disposition': downloadDisposition(name), 'content-type': format.type }
    return { status: 200, headers, body }
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    return errorPage(500, faultText(engine, faultOf(engine, error)))
  }
}

function fields({ engine, session, call }: JsonExchange): Answer {
  return resultAnswer(call.id, exportFields(engine, session.uid ?? 0, call.params))
}
