import { OdooFault, typeError } from '../fault/odoo-fault.ts'
import { pythonType } from '../value/python-text.ts'
import type { VersionRow } from '../version/odoo-version.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import { jsonComplaint } from './json-complaint.ts'
import { readPythonJson } from './python-json.ts'

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

/** A call read from a body. `jsonrpc` and `method` are ignored, `id` is given back as it came. */
export type JsonCall = {
  readonly id: unknown
  readonly params: Readonly<Record<string, unknown>>
  /** Were there any? Most routes do not ask. */
  readonly hasParams: boolean
}

/**
 * A body that is no call: what Python says who reads it as one, and the 400 that most routes answer. When only the params
 * are wrong there is no such answer, and the id is known.
 */
export type BadBody = { readonly fault: OdooFault; readonly page?: string; readonly id?: unknown }

/** Reads a body as Odoo does. */
export function readCall(body: string): JsonCall | BadBody {
  const parsed = readPythonJson(body)
  if (parsed === undefined) {
    return { page: 'Invalid JSON data', fault: new OdooFault('json.decoder.JSONDecodeError', jsonComplaint(body)) }
  }
  const { value } = parsed
  const fault = notSubscriptable(value)
  if (fault !== undefined) return { page: 'Invalid JSON-RPC data', fault }
  const { id = null, params = {} } = value as Record<string, unknown>
  const badParams = notSubscriptable(params)
  if (badParams !== undefined) return { fault: badParams, id }
  return { id, params: params as Record<string, unknown>, hasParams: Object.hasOwn(value as object, 'params') }
}

/** What Python says when a key is looked up in a value that is no object. */
function notSubscriptable(value: unknown): OdooFault | undefined {
  if (Array.isArray(value)) return listComplaint()
  if (typeof value === 'object' && value !== null) return undefined
  if (typeof value === 'string') return typeError("string indices must be integers, not 'str'")
  return typeError(`'${pythonType(value)}' object is not subscriptable`)
}

function listComplaint(): OdooFault {
  return new OdooFault('builtins.TypeError', 'list indices must be integers or slices, not str')
}

/** Has some text in the body half a character? Odoo cannot encode it and fails with a page. */
export function hasLoneSurrogate(body: string, call: JsonCall): boolean {
  if (!/\\ud[89a-f]/i.test(body)) return false
  const pending: unknown[] = [call.params]
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value === 'string' && !value.isWellFormed()) return true
    if (typeof value !== 'object' || value === null) continue
    // One by one: arguments of a call stand on the stack, and a list may have any length.
    for (const [key, item] of Object.entries(value)) pending.push(key, item)
  }
  return false
}
