import type { OdooFault } from '../fault/odoo-fault.ts'
import type { VersionRow } from '../version/odoo-version.ts'
import { type Answer, jsonAnswer } from './answer.ts'

/** What stands where Odoo would print a traceback. */
const NO_TRACEBACK = 'Traceback (most recent call last): kept by the sandbox'

/** A result in its envelope; a method that returned nothing has no key `result`. */
export function resultAnswer(id: unknown, result: unknown, sessionId?: string): Answer {
  return jsonAnswer({ jsonrpc: '2.0', id, ...(result === undefined ? {} : { result }) }, sessionId)
}

/** A failure in its envelope, HTTP 200 as always (odoo 18.0 http.py, JsonRPCDispatcher). */
export function faultAnswer(id: unknown, fault: OdooFault, version: VersionRow): Answer {
  const code = fault.code ?? version.errorCode
  const error = { code, message: MESSAGES[fault.code ?? 0], data: faultData(fault) }
  return jsonAnswer({ jsonrpc: '2.0', id, error })
}

/** What Odoo tells of an exception (odoo 18.0 http.py, serialize_exception). */
export function faultData({ exception, message, args, context }: OdooFault): Readonly<Record<string, unknown>> {
  return { name: exception, debug: NO_TRACEBACK, message, arguments: args, context }
}

const MESSAGES: Readonly<Record<number, string>> = {
  0: 'Odoo Server Error',
  100: 'Odoo Session Expired',
  404: '404: Not Found',
}
