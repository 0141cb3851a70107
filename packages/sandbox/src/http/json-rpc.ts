import { OdooFault } from '../fault/odoo-fault.ts'
import type { VersionRow } from '../version/odoo-version.ts'
import { type Answer, jsonAnswer } from './answer.ts'

/** What stands where Odoo would print a traceback. */
const NO_TRACEBACK = 'Traceback (most recent call last): kept by the sandbox'

/** A result in its envelope; a method that returned nothing has no key `result`. */
export function resultAnswer(id: unknown, result: unknown, cookie?: string): Answer {
  return jsonAnswer({ jsonrpc: '2.0', id, ...(result === undefined ? {} : { result }) }, cookie)
}

/** A failure in its envelope, HTTP 200 as always (odoo 18.0 http.py, JsonRPCDispatcher). */
export function faultAnswer(id: unknown, fault: OdooFault, version: VersionRow): Answer {
  const data = {
    name: fault.exception,
    debug: NO_TRACEBACK,
    message: fault.message,
    arguments: fault.args,
    context: fault.context,
  }
  const error = { code: fault.code ?? version.errorCode, message: MESSAGES[fault.code ?? 0], data }
  return jsonAnswer({ jsonrpc: '2.0', id, error })
}

const MESSAGES: Readonly<Record<number, string>> = {
  0: 'Odoo Server Error',
  100: 'Odoo Session Expired',
  404: '404: Not Found',
}

/** A call read from a body. `jsonrpc` and `method` are ignored, `id` is given back as it came. */
export type JsonCall = { readonly id: unknown; readonly params: Readonly<Record<string, unknown>> }

/** A body that is no call: why, as Python's exceptions would say it. */
export type BadBody = { readonly fault: OdooFault; readonly of: 'body' | 'params' }

/** Reads a body. `{}` is a call without params for all routes but call_kw, which asks for them. */
export function readCall(body: string): JsonCall | BadBody {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { of: 'body', fault: new OdooFault('json.decoder.JSONDecodeError', jsonComplaint(body)) }
  }
  if (typeof parsed !== 'object' || parsed === null) {
    const type = parsed === null ? 'NoneType' : typeof parsed === 'number' ? 'int' : 'str'
    return { of: 'body', fault: new OdooFault('builtins.TypeError', `'${type}' object is not subscriptable`) }
  }
  if (Array.isArray(parsed)) return { of: 'body', fault: listComplaint() }
  const { id = null, params } = parsed as Record<string, unknown>
  if (params === undefined) return { id, params: {} }
  if (Array.isArray(params)) return { of: 'params', fault: listComplaint() }
  if (typeof params !== 'object' || params === null) {
    return { of: 'params', fault: new OdooFault('builtins.TypeError', "'NoneType' object is not subscriptable") }
  }
  return { id, params: params as Record<string, unknown> }
}

function listComplaint(): OdooFault {
  return new OdooFault('builtins.TypeError', 'list indices must be integers or slices, not str')
}

function jsonComplaint(body: string): string {
  if (body.startsWith('\uFEFF')) return 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'
  return 'Expecting value: line 1 column 1 (char 0)'
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
