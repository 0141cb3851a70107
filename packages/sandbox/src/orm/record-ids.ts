import type { MethodCall } from '../engine/contract.ts'
import { databaseError, missingError, valueError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { comparableId, unhashable } from '../value/comparable.ts'
import { recordsText } from '../value/python-text.ts'

/**
 * Ids to read: text that is a number finds nothing, `false` and `null` are the empty new record 0; the rest is Python's or
 * PostgreSQL's error.
 */
export function idsToRead(call: MethodCall): number[] {
  return call.ids.flatMap((id) => {
    if (typeof id === 'number') return [id]
    if (id === false || id === null) return [0]
    if (typeof id === 'object') throw unhashable(id)
    comparableId(id, false)
    return []
  })
}

/** Ids to change: text that is a number is no record's id, other text is PostgreSQL's error. */
export function idsToChange(call: MethodCall): number[] {
  for (const id of call.ids) {
    if (typeof id !== 'string') continue
    if (/^\d+$/.test(id)) throw missingError(call.model.name, [`'${id}'`], call.orm.uid)
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: "${id}"\n`)
  }
  return idsToRead(call)
}

/** The refusal of several records, or none, where one is needed (odoo 18.0 models.py, ensure_one). */
export function noSingleton(model: Model, ids: readonly unknown[]): Error {
  return valueError(`Expected singleton: ${recordsText(model.name, ids)}`)
}
