import { isRecordId } from '@odoo-gatehouse/odoo/schema'
import { recordErrors } from './errors.ts'

/** Beyond this PostgreSQL refuses, and no model of Odoo has so many records: ids are `int4`. */
const COUNT_MAX = 2 ** 31 - 1

/** How many ids one request may name. */
const IDS_MAX = 500

/**
 * Reads a limit: an integer of at least 1, as a number or as digits. What is above the exposure's limit is cut later.
 *
 * @throws GatehouseError `paging.malformed`
 */
export function parseLimit(value: unknown): number {
  return Math.min(readCount(value, 'limit', 1), COUNT_MAX)
}

/**
 * Reads an offset: an integer of at least 0, as a number or as digits.
 *
 * @throws GatehouseError `paging.malformed`
 */
export function parseOffset(value: unknown): number {
  return parseCount(value, 'offset', 0)
}

/**
 * Reads a page number: an integer of at least 1, as a number or as digits. `parameter` is its name in the message.
 *
 * @throws GatehouseError `paging.malformed`
 */
export function parsePage(value: unknown, parameter: string): number {
  return parseCount(value, parameter, 1)
}

/**
 * Reads the id of a record: a positive int4, as a number or as digits.
 *
 * @throws GatehouseError `ids.malformed`
 */
export function parseId(value: unknown): number {
  const id = typeof value === 'string' && /^[0-9]{1,10}$/.test(value) ? Number(value) : value
  if (!isRecordId(id)) throw recordErrors['ids.malformed']()
  return id
}

/**
 * Reads ids: a list, a comma list (`1,2`) or one id. Each counts once; at least one, at most 500.
 *
 * @throws GatehouseError `ids.malformed`
 */
export function parseIds(value: unknown): readonly number[] {
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',')
      : [value]
  const ids = [...new Set(items.map((item) => parseId(typeof item === 'string' ? item.trim() : item)))]
  if (ids.length === 0) throw recordErrors['ids.malformed']({ message: 'Name at least one id.' })
  if (ids.length > IDS_MAX) throw recordErrors['ids.malformed']({ message: `Name at most ${IDS_MAX} ids.` })
  return ids
}

function parseCount(value: unknown, parameter: string, least: number): number {
  const count = readCount(value, parameter, least)
  if (count > COUNT_MAX) throw recordErrors['paging.malformed']({ message: `"${parameter}" is too large.` })
  return count
}

function readCount(value: unknown, parameter: string, least: number): number {
  const count = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < least) {
    throw recordErrors['paging.malformed']({ message: `"${parameter}" must be an integer of at least ${least}.` })
  }
  return count
}
