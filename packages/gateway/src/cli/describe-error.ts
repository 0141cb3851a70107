import { OdooFault } from '@odoo-gatehouse/odoo/client'

/**
 * An error as the log tells it, with what caused it. Of an exception of Odoo only the name: its message, arguments and
 * context may hold records, hosts and SQL.
 */
export function describeError(error: unknown): object {
  if (error instanceof OdooFault) return { type: 'OdooFault', exception: error.exceptionName }
  if (!(error instanceof Error)) return { type: typeof error }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
