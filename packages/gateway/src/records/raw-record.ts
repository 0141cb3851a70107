import { isRecordId } from '@odoo-gatehouse/odoo/schema'
import { isJsonObject, type JsonValue } from '../kernel/json.ts'
import { strangeAnswer } from './call-odoo.ts'

/** A record as Odoo answered it, before it is shaped. */
export type RawRecord = { readonly id: number; readonly [field: string]: JsonValue }

/** Reads a list of records. @throws GatehouseError `odoo.failed` */
export function readRawRecords(answer: unknown, method: string): readonly RawRecord[] {
  if (!Array.isArray(answer) || !answer.every(isRawRecord)) throw strangeAnswer(method)
  return answer
}

/** Reads a list of ids. @throws GatehouseError `odoo.failed` */
export function readIds(answer: unknown, method: string): readonly number[] {
  if (!Array.isArray(answer) || !answer.every(isRecordId)) throw strangeAnswer(method)
  return answer
}

/** True for an object with an id: what Odoo answers for a record. */
export function isRawRecord(value: unknown): value is RawRecord {
  return isJsonObject(value) && isRecordId(value.id)
}

/**
 * The id in any form of a many2one: `[id, name]` (`read`), `{ id, … }` (`web_read` with fields) or the bare id
 * (`web_read` without); undefined for an unset one.
 */
export function idOfMany2one(value: JsonValue | undefined): number | undefined {
  const id = Array.isArray(value) ? value[0] : isJsonObject(value) ? value.id : value
  return isRecordId(id) ? id : undefined
}

/** The ids in any form of an x2many: ids, or objects. */
export function idsOfX2many(value: JsonValue | undefined): readonly number[] {
  if (!Array.isArray(value)) return []
  return value.map(idOfMany2one).filter((id) => id !== undefined)
}
