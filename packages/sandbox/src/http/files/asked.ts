import { OdooFault, valueError } from '../../fault/odoo-fault.ts'
import type { FilePlace } from '../../file/found-record.ts'
import { pythonInt } from '../../value/python-int.ts'
import type { HttpExchange } from '../route.ts'
import type { Sending } from './send-file.ts'

type Params = HttpExchange['params']

/** Where the file is that path and query name. */
export function askedPlace(params: Params): FilePlace {
  const { xmlid, model = 'ir.attachment', id, field = 'raw', access_token: accessToken } = params
  return { xmlid, model, id: id ? pythonInt(id) : undefined, field, accessToken }
}

/** How the query wants the file to be sent. */
export function askedSending({ engine, params }: Pick<HttpExchange, 'engine' | 'params'>): Sending {
  const { download, unique, nocache } = params
  const known = engine.version.files.downloadWord === 'known'
  const saved = known ? download !== undefined && pythonBool(download) : Boolean(download)
  return { saved, unique: Boolean(unique), nocache: Boolean(nocache) }
}

/** Did Odoo refuse this in words for people? Its other errors are mistakes of the client or of Odoo. */
export function isRefusal(error: unknown): boolean {
  return error instanceof OdooFault && error.exception.startsWith('odoo.exceptions.')
}

/** Odoo's `str2bool` (odoo 18.0 tools/misc.py). */
function pythonBool(text: string): boolean {
  const word = text.toLowerCase()
  if (['y', 'yes', '1', 'true', 't', 'on'].includes(word)) return true
  if (['n', 'no', '0', 'false', 'f', 'off'].includes(word)) return false
  throw valueError('Use 0/1/yes/no/true/false/on/off')
}
