import type { OdooFault } from '../fault/odoo-fault.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import { faultData } from './json-rpc.ts'

/** HTTP status of an exception (odoo 19.0 exceptions.py, http_status; werkzeug's own). Any other is 500. */
const STATUSES: Readonly<Record<string, number>> = {
  'odoo.exceptions.UserError': 422,
  'odoo.exceptions.ValidationError': 422,
  'odoo.exceptions.AccessDenied': 403,
  'odoo.exceptions.AccessError': 403,
  'odoo.exceptions.MissingError': 404,
  'odoo.exceptions.LockError': 409,
  'odoo.http.SessionExpiredException': 403,
  'werkzeug.exceptions.BadRequest': 400,
  'werkzeug.exceptions.Unauthorized': 401,
  'werkzeug.exceptions.NotFound': 404,
  'werkzeug.exceptions.UnprocessableEntity': 422,
}

/** A failure of `/json/2`: a real status, and flat what other routes wrap in an envelope. */
export function json2Fault(fault: OdooFault): Answer {
  const status = STATUSES[fault.exception] ?? 500
  const answer = jsonAnswer(faultData(fault), undefined, status)
  return status === 401 ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer' } } : answer
}
