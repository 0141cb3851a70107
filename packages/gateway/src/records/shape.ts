import { isJsonObject, type JsonValue } from '../kernel/json.ts'
import type { FetchedRecord, Related } from './fetch-related.ts'
import { idOfMany2one, idsOfX2many, isRawRecord, type RawRecord } from './raw-record.ts'
import type { Column, ExpandedColumn, ReadNode } from './read-plan.ts'
import type { OdooRecord } from './record.ts'

/**
 * Makes the records of an answer from what Odoo said: the columns of the plan and nothing else, in Odoo's own forms,
 * whichever version answered. Pure.
 */
export function shapeRecord(node: ReadNode, raw: RawRecord, related: Related): OdooRecord {
  const record: Record<string, JsonValue> & { id: number } = { id: raw.id }
  for (const column of node.columns) record[column.name] = shapeValue(column, raw[column.name] ?? false, related)
  return record
}

function shapeValue(column: Column, value: JsonValue, related: Related): JsonValue {
  switch (column.kind) {
    case 'value':
      return value
    case 'pair':
      return shapePair(value, column.guardedModel === undefined ? undefined : related.visible.get(column.guardedModel))
    case 'properties':
      return Array.isArray(value) ? value.map((property) => blankProperty(property, column.guardedModels)) : value
    case 'expanded':
      return column.many ? shapeMany(column, value, related) : shapeOne(column, value, related)
  }
}

/** `[id, "name"]`, with an empty name for a record outside the forced domain of its model. */
function shapePair(value: JsonValue, visible: ReadonlySet<number> | undefined): JsonValue {
  const id = idOfMany2one(value)
  if (id === undefined) return false
  if (visible !== undefined && !visible.has(id)) return [id, '']
  const name = Array.isArray(value) ? value[1] : isJsonObject(value) ? value.display_name : ''
  return [id, name ?? '']
}

function shapeOne(column: ExpandedColumn, value: JsonValue, related: Related): JsonValue {
  const id = idOfMany2one(value)
  if (id === undefined) return false
  const raw = column.how === 'nested' ? value : related.fetched.get(column)?.get(id)?.raw
  return isRawRecord(raw) ? shapeRecord(column.node, raw, related) : { id }
}

function shapeMany(column: ExpandedColumn, value: JsonValue, related: Related): JsonValue {
  const records = column.how === 'nested' ? nestedMany(column, value, related) : batchedMany(column, value, related)
  return column.limit === undefined ? records : records.slice(0, column.limit)
}

/** Beyond the limit of the specification Odoo answers `{ id }` alone, and so do we. */
function nestedMany(column: ExpandedColumn, value: JsonValue, related: Related): readonly OdooRecord[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRawRecord).map((raw) => {
    const isBeyondLimit = column.node.columns.length > 0 && Object.keys(raw).length === 1
    return isBeyondLimit ? { id: raw.id } : shapeRecord(column.node, raw, related)
  })
}

/** Records that the batch does not have lie outside the forced domain, or Odoo hides them: they are left out. */
function batchedMany(column: ExpandedColumn, value: JsonValue, related: Related): readonly OdooRecord[] {
  const batch = related.fetched.get(column)
  const found: FetchedRecord[] = []
  for (const id of idsOfX2many(value)) {
    const record = batch?.get(id)
    if (record !== undefined) found.push(record)
  }
  if (column.order !== undefined) found.sort((left, right) => left.rank - right.rank)
  return found.map(({ raw }, index) =>
    index < column.fullMax ? shapeRecord(column.node, raw, related) : { id: raw.id },
  )
}

/**
 * A property may be a relation to any model, with names of its records in its value (odoo 18.0 fields.py: Properties).
 * Names in a model with a forced domain are blanked, without asking which records lie in it.
 */
function blankProperty(property: JsonValue, guardedModels: ReadonlySet<string>): JsonValue {
  if (!isJsonObject(property) || typeof property.comodel !== 'string') return property
  if (!guardedModels.has(property.comodel)) return property
  const blank = (value: JsonValue | undefined): JsonValue => {
    if (property.type === 'many2one') return blankPair(value)
    return property.type === 'many2many' && Array.isArray(value) ? value.map(blankPair) : false
  }
  return {
    ...property,
    value: blank(property.value),
    ...('default' in property ? { default: blank(property.default) } : {}),
  }
}

function blankPair(value: JsonValue | undefined): JsonValue {
  const id = idOfMany2one(value)
  return id === undefined ? false : [id, '']
}
