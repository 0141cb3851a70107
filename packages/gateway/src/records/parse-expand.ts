import { isJsonObject } from '../kernel/json.ts'
import { recordErrors } from './errors.ts'
import { isFieldName, parseFields } from './parse-fields.ts'
import { parseLimit } from './parse-paging.ts'
import type { ExpandRequest } from './request.ts'

/** How many relations one request may expand, all levels together. */
const RELATIONS_MAX = 50

/** How deep `expand` goes. CONTRACT §4 and issue "v1": any depth up to 3. */
export const EXPAND_DEPTH_MAX = 3

type ExpandEntry = ExpandRequest[string]

/**
 * Reads what to expand: JSON as text, or the object itself. Each relational field has a list of field names, or an
 * object with `fields` and, if you like, `expand`, `limit` and `order`.
 *
 * @example parseExpand('{"child_ids":["name"],"parent_id":{"fields":["name"],"expand":{"country_id":["code"]}}}')
 * @throws GatehouseError `expand.malformed`, `expand.too_deep`, `fields.malformed`, `paging.malformed`
 */
export function parseExpand(value: unknown): ExpandRequest {
  const source = typeof value === 'string' ? parseJson(value) : value
  return parseMap(source, 1, { relations: 0 })
}

function parseMap(source: unknown, depth: number, budget: { relations: number }): ExpandRequest {
  if (!isJsonObject(source)) throw recordErrors['expand.malformed']()
  if (depth > EXPAND_DEPTH_MAX) throw recordErrors['expand.too_deep']()
  const entries = Object.entries(source).map(([field, entry]): [string, ExpandEntry] => {
    if (!isFieldName(field)) throw recordErrors['expand.malformed']()
    budget.relations += 1
    if (budget.relations > RELATIONS_MAX) {
      throw recordErrors['expand.malformed']({ message: `"expand" has more than ${RELATIONS_MAX} relations.` })
    }
    return [field, parseEntry(entry, depth, budget)]
  })
  return Object.fromEntries(entries)
}

function parseEntry(entry: unknown, depth: number, budget: { relations: number }): ExpandEntry {
  if (Array.isArray(entry)) return { fields: parseFields(entry) }
  if (!isJsonObject(entry)) throw recordErrors['expand.malformed']()
  const { fields = [], expand, limit, order, ...unknown } = entry
  if (Object.keys(unknown).length > 0) {
    throw recordErrors['expand.malformed']({
      message: 'A relation in "expand" takes "fields", "expand", "limit" and "order".',
    })
  }
  if (order !== undefined && typeof order !== 'string') throw recordErrors['expand.malformed']()
  return {
    fields: parseFields(fields),
    ...(expand === undefined ? {} : { expand: parseMap(expand, depth + 1, budget) }),
    ...(limit === undefined ? {} : { limit: parseLimit(limit) }),
    ...(order === undefined ? {} : { order }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw recordErrors['expand.malformed']({ message: '"expand" is not valid JSON.', cause: error })
  }
}
