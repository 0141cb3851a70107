import { keyError, OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import { isObject } from '../value/is-object.ts'
import { pythonType } from '../value/python-text.ts'
import { jsonComplaint } from './json-complaint.ts'
import { readPythonJson } from './python-json.ts'

/** A call as a JSON route gets it. `jsonrpc` and `method` are ignored, `id` is given back as it came. */
export type JsonCall = {
  readonly id: unknown
  readonly params: Readonly<Record<string, unknown>>
  /** Were there any? Most routes do not ask. */
  readonly hasParams: boolean
}

/** An object that was sent, whatever its params are. */
export type CallBody = { readonly id: unknown; readonly params: unknown; readonly hasParams: boolean }

/** A body that is no object: what Python says who looks something up in it, and the 400 that most routes answer. */
export type BadBody = { readonly fault: OdooFault; readonly page: string }

/** Reads a body as Odoo does. */
export function readBody(text: string): CallBody | BadBody {
  const parsed = readPythonJson(text)
  if (parsed === undefined) {
    return { page: 'Invalid JSON data', fault: new OdooFault('json.decoder.JSONDecodeError', jsonComplaint(text)) }
  }
  const { value } = parsed
  if (!isObject(value)) return { page: 'Invalid JSON-RPC data', fault: notSubscriptable(value) }
  const { id = null, params = {} } = value
  return { id, params, hasParams: Object.hasOwn(value, 'params') }
}

/** The params as `body['params']['…']` finds them; throws what Python says where there are none, or no such thing. */
export function subscribedParams(body: CallBody | BadBody): Readonly<Record<string, unknown>> {
  if ('fault' in body) throw body.fault
  if (!body.hasParams) throw keyError('params')
  if (!isObject(body.params)) throw notSubscriptable(body.params)
  return body.params
}

/** The call that a body is to most routes: `dict(params)`, which takes what is empty, too. */
export function callOf({ id, params, hasParams }: CallBody): JsonCall {
  if (isObject(params)) return { id, params, hasParams }
  if (params === '' || (Array.isArray(params) && params.length === 0)) return { id, params: {}, hasParams }
  if (typeof params === 'string') {
    throw valueError('dictionary update sequence element #0 has length 1; 2 is required')
  }
  throw typeError(
    Array.isArray(params)
      ? 'cannot convert dictionary update sequence element #0 to a sequence'
      : `'${pythonType(params)}' object is not iterable`,
  )
}

function notSubscriptable(value: unknown): OdooFault {
  if (Array.isArray(value)) return typeError('list indices must be integers or slices, not str')
  if (typeof value === 'string') return typeError("string indices must be integers, not 'str'")
  return typeError(`'${pythonType(value)}' object is not subscriptable`)
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
