/**
 * A failure as Odoo answers it: the exception's full Python name, its text and its arguments.
 *
 * `code` is what the envelope says when it is not the version's usual one: 100 for an expired session, 404 for an
 * unknown model (odoo 18.0 http.py: JsonRPCDispatcher.handle_error).
 */
export class OdooFault extends Error {
  readonly exception: string
  readonly args: readonly unknown[]
  readonly context: Readonly<Record<string, unknown>>
  readonly code: 100 | 404 | undefined

  constructor(exception: string, message: string, details: FaultDetails = {}) {
    super(message)
    this.name = 'OdooFault'
    this.exception = exception
    this.args = details.args ?? [message]
    this.context = details.context ?? {}
    this.code = details.code
  }
}

/** What differs from the usual: `args` defaults to the message alone, `context` to an empty object. */
export type FaultDetails = {
  readonly args?: readonly unknown[]
  readonly context?: Readonly<Record<string, unknown>>
  readonly code?: 100 | 404
}

/** The caller may not do this (odoo/exceptions.py). */
export const accessError = (message: string): OdooFault => new OdooFault('odoo.exceptions.AccessError', message)

/** Wrong credentials; the text never says which. */
export const accessDenied = (message = 'Access Denied'): OdooFault =>
  new OdooFault('odoo.exceptions.AccessDenied', message)

/** A refusal that Odoo words for people. */
export const userError = (message: string): OdooFault => new OdooFault('odoo.exceptions.UserError', message)

/** A constraint of the data is hurt. */
export const validationError = (message: string): OdooFault => new OdooFault('odoo.exceptions.ValidationError', message)

/** A record that is gone; `ids` are written as a Python tuple, as Odoo does. */
export function missingError(model: string, ids: readonly unknown[], uid: number): OdooFault {
  const tuple = ids.length === 1 ? `(${ids[0]},)` : `(${ids.join(', ')})`
  return new OdooFault(
    'odoo.exceptions.MissingError',
    `Record does not exist or has been deleted.\n(Record: ${model}${tuple}, User: ${uid})`,
  )
}

/** The session is unknown, over or half open (odoo/http.py: SessionExpiredException). */
export const sessionExpired = (): OdooFault =>
  new OdooFault('odoo.http.SessionExpiredException', 'Session expired', { code: 100 })

/** No such model, 18 and later (werkzeug's NotFound in an envelope). */
export const notFound = (): OdooFault =>
  new OdooFault(
    'werkzeug.exceptions.NotFound',
    '404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
    { code: 404, args: [] },
  )

/** Python's own errors, which leak by their class. Their wording follows Odoo where it is cheap. */
export const valueError = (message: string): OdooFault => new OdooFault('builtins.ValueError', message)
export const typeError = (message: string): OdooFault => new OdooFault('builtins.TypeError', message)
export const attributeError = (message: string): OdooFault => new OdooFault('builtins.AttributeError', message)
export const assertionError = (message: string): OdooFault => new OdooFault('builtins.AssertionError', message)
export const indexError = (message: string): OdooFault => new OdooFault('builtins.IndexError', message)

/** Nested deeper than Python's stack reaches. */
export const recursionError = (): OdooFault =>
  new OdooFault('builtins.RecursionError', 'maximum recursion depth exceeded')

/** Python's KeyError prints its key; `null` prints as None. */
export const keyError = (key: string | null): OdooFault =>
  new OdooFault('builtins.KeyError', key ?? 'None', { args: [key] })

/** An error of PostgreSQL; `name` is the class in `psycopg2.errors`. */
export const databaseError = (name: string, message: string): OdooFault =>
  new OdooFault(`psycopg2.errors.${name}`, message)
