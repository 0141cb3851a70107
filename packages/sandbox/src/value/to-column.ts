import { databaseError, OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import { parseDay, parseMoment } from './moment.ts'
import { pythonRepr, pythonText, pythonTruth, pythonType } from './python-text.ts'
import { sanitizeHtml } from './sanitize-html.ts'

/**
 * What is kept of a value that a client wrote, with Odoo's coercions: `'false'` is true in a boolean, 3.7 is 3 in an
 * integer, a list becomes its Python text in a char, anything but an id is unset in a many2one. Throws the error that
 * Odoo throws for the rest. Source: `convert_to_cache` and `convert_to_column` of odoo 18.0 fields.py.
 */
export function toColumn(model: string, field: Field, value: unknown): SqlValue {
  switch (field.type) {
    case 'boolean':
      return pythonTruth(value) ? 1 : 0
    case 'integer':
      return inRange(wholePart(value))
    case 'float':
    case 'monetary':
      return rounded(finite(toNumber(value, 'float')), field.digits?.[1])
    case 'char':
      return shortened(toText(value), field.size)
    case 'text':
      return toText(value)
    case 'html': {
      const text = toText(value)
      return text === null ? null : sanitizeHtml(text)
    }
    case 'date':
      return parseDay(value)
    case 'datetime':
      return parseMoment(value)
    case 'selection':
      return selected(model, field, value)
    case 'many2one':
      return typeof value === 'number' && Number.isInteger(value) && value !== 0 ? value : null
    case 'binary':
      return toText(value)
    case 'properties':
    case 'properties_definition':
      return Array.isArray(value) || (typeof value === 'object' && value !== null) ? JSON.stringify(value) : null
    case 'one2many':
    case 'many2many':
      throw new TypeError('A list of records has no column')
  }
}

/** Text as it is kept; unset for false and null. PostgreSQL keeps no NUL. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined || value === false) return null
  const text = pythonText(value)
  if (text.includes('\0')) throw valueError('A string literal cannot contain NUL (0x00) characters.')
  return text
}

/** Python's `int(value or 0)` and `float(value or 0)`. */
export function toNumber(value: unknown, kind: 'int' | 'float'): number {
  if (!pythonTruth(value)) return 0
  if (value === true) return 1
  if (typeof value === 'number') return value
  if (typeof value === 'string') {
    const text = value.trim()
    const shape = kind === 'int' ? /^[+-]?\d+$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
    if (shape.test(text)) return Number(text)
    throw kind === 'int'
      ? valueError(`invalid literal for int() with base 10: ${pythonRepr(value)}`)
      : valueError(`could not convert string to float: ${pythonRepr(value)}`)
  }
  throw typeError(`${kind}() argument must be a string or a real number, not '${pythonType(value)}'`)
}

/** Python's `int()`: a text of many digits is a whole number of any size, a number like 1e999 is none. */
function wholePart(value: unknown): number {
  const number = toNumber(value, 'int')
  return Math.trunc(typeof value === 'number' ? finite(number) : number)
}

/** Rounding an infinite number fails in Python. */
function finite(value: number): number {
  if (!Number.isFinite(value)) {
    throw new OdooFault('builtins.OverflowError', 'cannot convert float infinity to integer')
  }
  return value
}

/** PostgreSQL's integers have 32 bits, from -2^31 up to 2^31 - 1. */
function inRange(value: number): number {
  if (value < -(2 ** 31) || value >= 2 ** 31) throw databaseError('NumericValueOutOfRange', 'integer out of range\n')
  return value
}

function rounded(value: number, places: number | undefined): number {
  return places === undefined ? value : Number(value.toFixed(places))
}

/** Python counts characters, not halves of them. */
function shortened(text: string | null, size: number | undefined): string | null {
  if (text === null || size === undefined || text.length <= size) return text
  // Twice the size in halves holds at least the size in characters.
  return [...text.slice(0, 2 * size)].slice(0, size).join('')
}

function selected(model: string, field: Field, value: unknown): string | null {
  if (!pythonTruth(value)) return null
  const key = field.selection?.find(([known]) => known === value)
  if (key === undefined) throw valueError(`Wrong value for ${model}.${field.name}: ${pythonRepr(value)}`)
  return key[0]
}
