import { typeError, valueError } from '../fault/odoo-fault.ts'
import { pythonType } from './python-text.ts'

/** Python's `int(value)`: text may be a number, fractions are cut off. */
export function pythonInt(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value)
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'string') {
    throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${pythonType(value)}'`)
  }
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(value)) throw valueError(`invalid literal for int() with base 10: '${value}'`)
  return Number(value.replaceAll('_', ''))
}
