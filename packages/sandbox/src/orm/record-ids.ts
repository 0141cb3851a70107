import type { MethodCall } from '../engine/contract.ts'
import { databaseError, missingError } from '../fault/odoo-fault.ts'

/** Ids to read: text finds nothing, `false` and `null` are the empty new record 0. */
export function idsToRead(call: MethodCall): number[] {
  return call.ids.flatMap((id) => {
    if (typeof id === 'number') return [id]
    return id === false || id === null ? [0] : []
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
