import { accessError, OdooFault, typeError } from '../../fault/odoo-fault.ts'
import { pythonInt } from '../../value/python-int.ts'
import { pythonJsonText } from '../../value/python-json-text.ts'
import { type Answer, htmlAnswer } from '../answer.ts'
import { askersOrm } from '../askers-orm.ts'
import type { UploadedFile } from '../form.ts'
import type { HttpExchange, Route } from '../route.ts'

/** Files that a form brings become attachments of a record (odoo 18.0 web, upload_attachment). */
export const UPLOAD_ROUTES: readonly Route[] = [
  { paths: ['/web/binary/upload_attachment'], kind: 'http', auth: 'user', run: upload },
]

function upload(exchange: HttpExchange): Answer {
  const { params, files } = exchange
  for (const name of ['model', 'id', 'ufile']) {
    if (params[name] === undefined && files[name] === undefined) {
      throw typeError(`Binary.upload_attachment() missing 1 required positional argument: '${name}'`)
    }
  }
  const told = pythonJsonText((files.ufile ?? []).map((file) => keptFile(exchange, file)))
  const { callback } = params
  return htmlAnswer(callback ? callingBack(callback, told) : told)
}

/** What is told of one file: what became of it, or that it was refused. */
function keptFile({ engine, ...exchange }: HttpExchange, file: UploadedFile): Record<string, unknown> {
  const { model = '', id = '' } = exchange.params
  try {
    return engine.db.transaction(() => {
      const orm = askersOrm({ engine, session: exchange.session })
      const recordId = pythonInt(id)
      if (!engine.schema.models.has(model)) throw new OdooFault('builtins.KeyError', model)
      const datas = file.bytes.toString('base64')
      const made = orm.create('ir.attachment', { name: file.name, datas, res_model: model, res_id: recordId })
      const values = orm.asSuperuser().values('ir.attachment', [made], ['mimetype', 'file_size']).get(made)
      return { filename: withoutTags(file.name), mimetype: values?.mimetype, id: made, size: values?.file_size }
    })
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    const isRefused = error.exception === accessError('').exception
    return { error: isRefused ? 'You are not allowed to upload an attachment here.' : 'Something horrible happened' }
  }
}

/** For pages that send the form into a frame: an event of jQuery on the outermost window tells them. */
function callingBack(callback: string, told: string): string {
  return `<script>(({ top }) => top.jQuery(top).trigger(${pythonJsonText(withoutTags(callback))}, ${told}))(window)</script>`
}

function withoutTags(text: string): string {
  return text.replaceAll('<', '')
}
