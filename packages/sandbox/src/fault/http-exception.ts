import { OdooFault } from './odoo-fault.ts'

const NAMES = {
  400: 'BadRequest',
  401: 'Unauthorized',
  404: 'NotFound',
  422: 'UnprocessableEntity',
} as const

/** One of werkzeug's exceptions, which `/json/2` tells by its HTTP status (odoo 19.0 http.py, Json2Dispatcher). */
export function httpException(status: keyof typeof NAMES, description: string): OdooFault {
  return new OdooFault(`werkzeug.exceptions.${NAMES[status]}`, description, { args: [description, status] })
}
