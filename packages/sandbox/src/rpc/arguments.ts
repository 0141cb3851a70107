import type { Method } from '../engine/contract.ts'
import { indexError, typeError } from '../fault/odoo-fault.ts'
import { pythonTruth, pythonType } from '../value/python-text.ts'

/** Arguments as they came: by position and by name. */
export type GivenArguments = {
  readonly positional: readonly unknown[]
  readonly named: Readonly<Record<string, unknown>>
}

/** Arguments as a method takes them. */
export type BoundArguments = {
  readonly ids: readonly unknown[]
  readonly args: Readonly<Record<string, unknown>>
}

/**
 * Binds arguments to a method's parameters as Python would: too many, unknown, doubled and missing ones are its
 * TypeError. A method on records takes its ids from the first position (odoo 18.0 api.py, call_kw).
 */
export function bindArguments(method: Method, given: GivenArguments): BoundArguments {
  const { name } = method
  const positional = [...given.positional]
  let ids: readonly unknown[] = []
  if (method.on === 'records') {
    if (positional.length === 0) throw indexError('list index out of range')
    const first = positional.shift()
    ids = Array.isArray(first) ? first : [first]
  }
  const { params, byPosition, open } = signatureOf(method)
  if (positional.length > byPosition) {
    throw typeError(`${name}() takes ${byPosition + 1} positional arguments but ${positional.length + 1} were given`)
  }
  const args: Record<string, unknown> = {}
  positional.forEach((value, index) => {
    args[params[index] ?? ''] = value
  })
  for (const [key, value] of Object.entries(given.named)) {
    if (!open && !params.includes(key)) throw typeError(`${name}() got an unexpected keyword argument '${key}'`)
    if (key in args) throw typeError(`${name}() got multiple values for argument '${key}'`)
    args[key] = value
  }
  const missing = params.filter((param) => method.params.includes(param) && !(param in args))
  if (missing.length > 0) {
    const list = missing.map((param) => `'${param}'`).join(' and ')
    throw typeError(
      `${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${list}`,
    )
  }
  return { ids, args }
}

/** The names of the parameters, how many of them may be given by position, and whether others may be given by name. */
function signatureOf({ params }: Method): { params: readonly string[]; byPosition: number; open: boolean } {
  const star = params.findIndex((param) => param.startsWith('*'))
  const names = params.filter((param) => !param.startsWith('*')).map((param) => param.replace('?', ''))
  return { params: names, byPosition: star === -1 ? names.length : star, open: params.includes('**') }
}

/** Text, or nothing. */
export function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A list of names, or nothing. */
export function optionalNames(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.map(String)
  return pythonTruth(value) ? listedNames(value) : undefined
}

/** What Python would walk through as a list of names: a list, the letters of a text, the keys of an object. */
export function listedNames(value: unknown): string[] {
  if (Array.isArray(value)) {
    const other = value.find((item) => typeof item !== 'string')
    if (other !== undefined) throw typeError(`expected string or bytes-like object, got '${pythonType(other)}'`)
    return value
  }
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null) return Object.keys(value)
  throw typeError(`'${pythonType(value)}' object is not iterable`)
}
