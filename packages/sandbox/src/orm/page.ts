import { databaseError, OdooFault } from '../fault/odoo-fault.ts'
import { type Sql, sql } from '../sql/sql-text.ts'
import { pythonTruth } from '../value/python-text.ts'

/** LIMIT and OFFSET from what a client gave; what Python takes as false is none. Refuses as PostgreSQL does. */
export function page(limit: unknown, offset: unknown): Sql {
  const rows = rowCount(limit, 'LIMIT')
  const skipped = rowCount(offset, 'OFFSET')
  if (rows === undefined && skipped === undefined) return sql``
  // SQLite takes an offset only behind a limit; -1 is none.
  return sql` LIMIT ${rows ?? -1} OFFSET ${skipped ?? 0}`
}

/**
 * A number of rows as PostgreSQL reads a client's value: a fraction is rounded, text may hold a whole number.
 * `undefined` is none.
 */
export function rowCount(value: unknown, clause: 'LIMIT' | 'OFFSET'): number | undefined {
  if (!pythonTruth(value)) return undefined
  const count = wholeNumber(value, clause)
  if (count < 0) {
    const of = clause === 'LIMIT' ? 'Limit' : 'ResultOffset'
    throw databaseError(`InvalidRowCountIn${of}Clause`, `${clause} must not be negative\n`)
  }
  return Math.min(count, Number.MAX_SAFE_INTEGER)
}

function wholeNumber(value: unknown, clause: string): number {
  if (typeof value === 'number') {
    const rounded = Math.sign(value) * Math.round(Math.abs(value))
    // NaN, which Python's JSON knows, is no bigint either.
    if (!(rounded < 2 ** 63 && rounded >= -(2 ** 63)))
      throw databaseError('NumericValueOutOfRange', 'bigint out of range\n')
    return rounded
  }
  if (typeof value === 'string') return wholeNumberIn(value)
  if (typeof value === 'object' && !Array.isArray(value)) {
    throw new OdooFault('psycopg2.ProgrammingError', "can't adapt type 'dict'")
  }
  const type = typeof value === 'boolean' ? 'boolean' : Array.isArray(value) ? arrayType(value) : 'text'
  throw databaseError('DatatypeMismatch', `argument of ${clause} must be type bigint, not type ${type}\n`)
}

function wholeNumberIn(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type bigint: "${text}"\n`)
  }
  const count = BigInt(text.trim().replace('+', ''))
  if (count !== BigInt.asIntN(64, count)) {
    throw databaseError('NumericValueOutOfRange', `value "${text}" is out of range for type bigint\n`)
  }
  return Number(count)
}

function arrayType(items: readonly unknown[]): string {
  return items.every((item) => typeof item === 'number') ? 'integer[]' : 'text[]'
}
