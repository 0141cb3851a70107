import type { ErrorShape } from '../../http/error-shape.ts'
import type { ErrorCategory, GatehouseError } from '../../kernel/error.ts'
import { envelopeOf } from './envelope.ts'

/** The Python exception that old clients expect to read for each category. */
const EXCEPTION = {
  invalid: 'werkzeug.exceptions.BadRequest',
  unauthenticated: 'werkzeug.exceptions.Unauthorized',
  forbidden: 'odoo.exceptions.AccessError',
  not_found: 'werkzeug.exceptions.NotFound',
  conflict: 'werkzeug.exceptions.Conflict',
  rejected: 'odoo.exceptions.UserError',
  unsupported: 'werkzeug.exceptions.UnsupportedMediaType',
  limited: 'werkzeug.exceptions.TooManyRequests',
  internal: 'werkzeug.exceptions.InternalServerError',
  upstream: 'werkzeug.exceptions.BadGateway',
  unavailable: 'werkzeug.exceptions.ServiceUnavailable',
} as const satisfies Record<ErrorCategory, string>

/** Codes that have an exception of their own. */
const EXCEPTION_BY_CODE: Readonly<Record<string, string>> = {
  'signin.denied': 'odoo.exceptions.AccessDenied',
  'signin.second_factor': 'odoo.exceptions.AccessDenied',
  'mfa.refused': 'odoo.exceptions.AccessDenied',
  'route.method': 'werkzeug.exceptions.MethodNotAllowed',
}

/** The number that Odoo 18 and earlier put into every error of a JSON route. */
const ODOO_ERROR_CODE = 200

/**
 * The errors of odoo_jwt: a true HTTP status always; in the envelope of JSON-RPC where the request had one, else
 * `{"error","message"}`. Old clients look for "401 Unauthorized" at the beginning of the message.
 */
export const jwtErrors: ErrorShape = (error, { body }) => {
  const { wrapped, id } = envelopeOf(body)
  if (!wrapped) return { body: { error: error.word, message: error.message, ...error.data.extra } }
  const message = error.status === 401 ? `401 Unauthorized: ${error.message}` : error.message
  const data = { name: exceptionOf(error), message, ...error.data.extra }
  return { body: { jsonrpc: '2.0', id, error: { code: ODOO_ERROR_CODE, message: error.message, data } } }
}

/** Exceptions that Odoo raises for people; those of Python and PostgreSQL are nobody's business. */
const RAISED_BY_ODOO = new Set([
  'AccessError',
  'MissingError',
  'ValidationError',
  'UserError',
  'RedirectWarning',
  'LockError',
])

function exceptionOf(error: GatehouseError): string {
  const { odooException } = error.data
  if (odooException !== undefined && RAISED_BY_ODOO.has(odooException)) return `odoo.exceptions.${odooException}`
  return EXCEPTION_BY_CODE[error.code] ?? EXCEPTION[error.category]
}
