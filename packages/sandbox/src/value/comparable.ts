import { databaseError, OdooFault, typeError } from '../fault/odoo-fault.ts'
import { pythonText, pythonType } from './python-text.ts'

/**
 * An id that a column is compared with, as PostgreSQL reads it. `hashed`: from 19 on Python puts it into a set first.
 * `asText`: until 18 the field `id` itself is compared with a number's text.
 */
export function comparableId(value: unknown, hashed: boolean, asText = false): number {
  if (asText)
    return readId(typeof value === 'number' && Number.isInteger(value) ? String(BigInt(value)) : pythonText(value))
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') throw noSuchComparison('boolean')
  if (Array.isArray(value)) throw hashed ? unhashable(value) : noSuchComparison('integer[]')
  if (typeof value === 'object' && value !== null) {
    throw hashed ? unhashable(value) : new OdooFault('psycopg2.ProgrammingError', "can't adapt type 'dict'")
  }
  return readId(pythonText(value))
}

function readId(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: "${text}"\n`)
  }
  const id = Number(text)
  if (id >= 2 ** 31 || id < -(2 ** 31)) {
    throw databaseError('NumericValueOutOfRange', `value "${text}" is out of range for type integer\n`)
  }
  return id
}

/** Python's refusal of a list or an object in a set. */
export function unhashable(value: unknown): Error {
  return typeError(`unhashable type: '${pythonType(value)}'`)
}

/** PostgreSQL's refusal to compare an id with something else. */
function noSuchComparison(type: string): Error {
  return databaseError('UndefinedFunction', `operator does not exist: integer = ${type}\n`)
}
