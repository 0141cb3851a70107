import type { Orm } from '../../engine/contract.ts'
import { indexError, OdooFault, typeError, valueError } from '../../fault/odoo-fault.ts'
import { downloadDisposition } from '../../file/disposition.ts'
import { findReport, reportFileName, reportPages } from '../../file/report.ts'
import { reportHtml } from '../../file/report-html.ts'
import { reportPdf } from '../../file/report-pdf.ts'
import { faultOf } from '../../rpc/call-kw.ts'
import { type Answer, errorPage, htmlAnswer } from '../answer.ts'
import { askersOrm } from '../askers-orm.ts'
import { languageCookie } from '../cookies.ts'
import { escapeHtml } from '../html.ts'
import { resultAnswer } from '../json-rpc.ts'
import { portalErrorPage } from '../pages/layout.ts'
import type { HttpExchange, Route } from '../route.ts'
import { isRefusal } from './asked.ts'
import { faultText } from './fault-text.ts'

/** Reports about records (odoo 18.0 web, controllers/report.py). */
export const REPORT_ROUTES: readonly Route[] = [
  {
    paths: ['/report/<converter>/<reportname>', '/report/<converter>/<reportname>/<docids>'],
    kind: 'http',
    auth: 'user',
    run: report,
  },
  {
    paths: ['/report/barcode', '/report/barcode/<barcode_type>/<path:value>'],
    kind: 'http',
    auth: 'public',
    run: barcode,
  },
  { paths: ['/report/download'], kind: 'http', auth: 'user', run: download },
  {
    paths: ['/report/check_wkhtmltopdf'],
    kind: 'json',
    auth: 'user',
    // The servers that this one looks like had no wkhtmltopdf. A PDF is made here all the same.
    run: ({ call }) => resultAnswer(call.id, 'install'),
  },
]

/** A file that a report is made into. */
type Printed = { readonly body: string | Buffer; readonly headers: Readonly<Record<string, string>> }

async function report(exchange: HttpExchange): Promise<Answer> {
  const { engine, params } = exchange
  const { converter = '', reportname = '', docids = '', context, options } = params
  try {
    for (const text of [options, context]) if (text) readJson(text)
    const printed = await print(askersOrm(exchange), { converter, reportname, ids: idsIn(docids) })
    if (printed === undefined) return unknownErrorPage(`Converter ${converter} not implemented.`)
    return { status: 200, ...printed, cookies: [languageCookie(engine.nowMs())] }
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    return portalErrorPage(exchange, statusOf(exchange, error))
  }
}

type Asked = { readonly converter: string; readonly reportname: string; readonly ids: readonly number[] }

/** The report in the form that the converter makes; undefined when there is no such converter. */
async function print(orm: Orm, { converter, reportname, ids }: Asked): Promise<Printed | undefined> {
  if (!['html', 'pdf', 'text'].includes(converter)) return undefined
  const found = findReport(orm, reportname)
  const pages = reportPages(orm, found, ids)
  if (converter === 'pdf') {
    const body = await reportPdf(pages, found.name, orm.engine.nowMs())
    return { body, headers: { 'content-type': 'application/pdf' } }
  }
  const type = converter === 'text' ? 'text/plain' : 'text/html; charset=utf-8'
  return { body: reportHtml(pages), headers: { 'content-type': type } }
}

const DOWNLOADS: Readonly<Record<string, readonly [string, string]>> = {
  'qweb-pdf': ['pdf', 'pdf'],
  'qweb-text': ['text', 'txt'],
}

/** A report to be saved: `data` is its address and its kind. What fails is told in the body, for the web client. */
async function download(exchange: HttpExchange): Promise<Answer> {
  const { engine, params } = exchange
  if (params.data === undefined) throw typeError("report_download() missing 1 required positional argument: 'data'")
  const data = readJson(params.data)
  if (!Array.isArray(data) || data.length < 2) throw indexError('list index out of range')
  const [url, kind] = data.map(String)
  const [converter, ending] = DOWNLOADS[kind ?? ''] ?? []
  if (converter === undefined || ending === undefined) return htmlAnswer('')
  try {
    const address = String(url).split(`/report/${converter}/`)[1]?.split('?')[0]
    if (address === undefined) throw indexError('list index out of range')
    const [reportname = '', docids = ''] = address.split('/')
    const orm = askersOrm(exchange)
    const ids = idsIn(docids)
    const printed = await print(orm, { converter, reportname, ids })
    const name = reportFileName(orm, findReport(orm, reportname), ids)
    const disposition = { 'content-disposition': downloadDisposition(`${name}.${ending}`) }
    return { status: 200, body: printed?.body ?? '', headers: { ...printed?.headers, ...disposition } }
  } catch (error) {
    return htmlAnswer(escapeHtml(faultText(engine, faultOf(engine, error))))
  }
}

/**
 * Odoo draws barcodes with a library that the servers which this one looks like did not have: they failed, unless the
 * request did before.
 */
function barcode({ params }: HttpExchange): Answer {
  if (params.barcode_type === undefined || params.value === undefined) return errorPage(500)
  const numbers = [params.width, params.height, params.humanreadable, params.quiet]
  const isDrawable = numbers.every((text) => text === undefined || /^\s*[+-]?\d+\s*$/.test(text))
  return isDrawable ? errorPage(500) : unknownErrorPage('Cannot convert into barcode.')
}

/** The page of an error without a status, which werkzeug sends as if all were well. */
function unknownErrorPage(text: string): Answer {
  const body = `<!doctype html>\n<html lang=en>\n<title>None Unknown Error</title>\n<h1>Unknown Error</h1>\n<p>${escapeHtml(text)}</p>\n`
  return htmlAnswer(body)
}

function statusOf({ engine }: HttpExchange, error: OdooFault): number {
  if (!isRefusal(error)) return 500
  if (/\.Access(Denied|Error)$/.test(error.exception)) return 403
  return error.exception.endsWith('.MissingError') ? engine.version.files.reportOfGone : 400
}

function idsIn(text: string): number[] {
  return text
    .split(',')
    .filter((part) => /^\d+$/.test(part))
    .map(Number)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw valueError('Expecting value: line 1 column 1 (char 0)')
    throw error
  }
}
