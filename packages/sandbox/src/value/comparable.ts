import { databaseError, valueError } from '../fault/odoo-fault.ts'
import { pythonRepr, pythonText } from './python-text.ts'

/** An id that a column is compared with, as PostgreSQL reads it. */
export function comparableId(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = pythonText(value)
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text)
  throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: "${text}"\n`)
}

/** A moment that a column is compared with: a day alone is its end behind `>` and `<=`, else its begin. */
export function comparableMoment(value: unknown, operator: string, refusesIso: boolean): string {
  const text = pythonText(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return operator === '>' || operator === '<=' ? `${text} 23:59:59` : `${text} 00:00:00`
  }
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
    if (refusesIso) throw valueError(`expecting only datetimes with no timezone: ${pythonRepr(text)}`)
    return text.replace('T', ' ').replace(/(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/, '')
  }
  return text
}
