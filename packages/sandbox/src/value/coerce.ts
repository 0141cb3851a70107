import { databaseError, OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import { roundTo } from './float-round.ts'
import { pythonRepr, pythonText, pythonTruth, pythonType } from './python-text.ts'

/** Text as it is kept; unset for false and null. PostgreSQL keeps no NUL. */
export function toText(value: unknown): string | null {
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

/** What an integer column keeps: Python's `int()`, within PostgreSQL's 32 bits, from -2^31 up to 2^31 - 1. */
export function toInteger(value: unknown): number {
  const number = toNumber(value, 'int')
  // A text of many digits is a whole number of any size, a number like 1e999 is none.
  const whole = Math.trunc(typeof value === 'number' ? finite(number) : number)
  if (whole < -(2 ** 31) || whole >= 2 ** 31) throw databaseError('NumericValueOutOfRange', 'integer out of range\n')
  return whole
}

/** What a float column keeps, rounded to `places` digits behind the point if there are any. */
export function toFloat(value: unknown, places: number | undefined): number {
  const number = finite(toNumber(value, 'float'))
  return places === undefined ? number : roundTo(number, places)
}

/** Rounding an infinite number fails in Python. */
function finite(value: number): number {
  if (!Number.isFinite(value)) {
    throw new OdooFault('builtins.OverflowError', 'cannot convert float infinity to integer')
  }
  return value
}

/** Cut to so many characters; Python counts characters, not halves of them. */
export function shortened(text: string | null, size: number | undefined): string | null {
  if (text === null || size === undefined || text.length <= size) return text
  // Twice the size in halves holds at least the size in characters.
  return [...text.slice(0, 2 * size)].slice(0, size).join('')
}
