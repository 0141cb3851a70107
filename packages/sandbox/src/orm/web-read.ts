import type { Orm, Values } from '../engine/contract.ts'
import { typeError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import { isX2many } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { pythonType } from '../value/python-text.ts'
import { fieldsFor, plainPresenter, type ReadRecord, readValues } from './read.ts'
import { searchCondition } from './search.ts'
import { expandReferences } from './web-read-references.ts'

/** What `web_read` is asked for: fields by name, related records by what of them. */
export type Specification = Readonly<Record<string, FieldSpecification>>

/** For a relation: what of the related records, in which context, how many, in which order. */
export type FieldSpecification = {
  readonly fields?: Specification
  readonly context?: Readonly<Record<string, unknown>>
  readonly limit?: number
  readonly order?: string
}

/** Reads a specification as a client wrote it; odd members are taken for empty, as the web client may send them. */
export function parseSpecification(raw: unknown): Specification {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw typeError(`'${pythonType(raw)}' object is not a specification`)
  }
  const entries = Object.entries(raw).map(([name, value]): [string, FieldSpecification] => {
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    return [
      name,
      {
        ...(given.fields === undefined ? {} : { fields: parseSpecification(given.fields) }),
        ...(typeof given.context === 'object' && given.context !== null
          ? { context: given.context as Record<string, unknown> }
          : {}),
        ...(typeof given.limit === 'number' ? { limit: given.limit } : {}),
        ...(typeof given.order === 'string' ? { order: given.order } : {}),
      },
    ]
  })
  return Object.fromEntries(entries)
}

/**
 * The method `web_read`: records with related records inside, in one go per relation. A many2one with `fields` becomes
 * an object; of a list, records beyond `limit` keep only their id (odoo 18.0 addons/web/models/models.py).
 */
export function webRead(orm: Orm, model: Model, ids: readonly number[], specification: Specification): ReadRecord[] {
  const names = Object.keys(specification).filter((name) => name !== 'id')
  const fields = names.length === 0 ? [] : fieldsFor(orm, model, names)
  const values = readValues(orm, model, ids, fields)
  const shown = fields.map((field) => ({
    field,
    show: presenter(orm, field, specification[field.name] ?? {}, values),
  }))
  const records = ids.flatMap((id) => {
    const record = values.get(id)
    if (record === undefined) return []
    const read: ReadRecord = { id }
    for (const { field, show } of shown) read[field.name] = show(record[field.name])
    return [read]
  })
  for (const field of fields) {
    const { fields: inside, context = {} } = specification[field.name] ?? {}
    if (inside === undefined || (field.type !== 'reference' && field.type !== 'many2one_reference')) continue
    const reader = orm.withContext(context)
    expandReferences(orm, model, field, records, (target, of) => webRead(reader, target, of, inside))
  }
  return records
}

function presenter(
  orm: Orm,
  field: Field,
  asked: FieldSpecification,
  records: ReadonlyMap<number, Values>,
): (value: unknown) => unknown {
  if (field.relation === undefined) return plainPresenter(orm, field)
  if (isX2many(field)) return listPresenter(orm, field, asked, records)
  if (asked.fields === undefined) return (value) => value
  const related = relatedRecords(orm, field, asked, gathered(field, records))
  return (value) => (typeof value === 'number' ? (related.get(value) ?? false) : false)
}

/**
 * What is asked of the record that a many2one leads to. Its id and name show always: the name is read as superuser. More
 * is read with the user's rights, and refused for a hidden record.
 */
function relatedRecords(orm: Orm, field: Field, asked: FieldSpecification, ids: number[]): Map<number, ReadRecord> {
  const target = orm.model(field.relation ?? '')
  const reader = orm.withContext(asked.context ?? {})
  const { display_name: named, ...rest } = asked.fields ?? {}
  const found = new Map<number, ReadRecord>(ids.map((id) => [id, { id }]))
  if (Object.keys(rest).length > 0) {
    for (const record of webRead(reader, target, ids, rest)) found.set(Number(record.id), record)
  }
  if (named !== undefined) {
    const names = reader.names(target.name, ids)
    for (const [id, record] of found) record.display_name = names.get(id) ?? false
  }
  return found
}

function listPresenter(
  orm: Orm,
  field: Field,
  asked: FieldSpecification,
  records: ReadonlyMap<number, Values>,
): (value: unknown) => unknown {
  const target = orm.model(field.relation ?? '')
  const reader = orm.withContext(asked.context ?? {})
  const place = asked.order === undefined ? undefined : places(reader, target, asked.order, gathered(field, records))
  const sorted = (value: unknown): number[] => {
    const ids = idsOf(value)
    return place === undefined ? ids : ids.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
  }
  if (asked.fields === undefined) return sorted
  const limit = asked.limit ?? Number.POSITIVE_INFINITY
  const wanted = [...new Set([...records.values()].flatMap((record) => sorted(record[field.name]).slice(0, limit)))]
  const read = new Map(webRead(reader, target, wanted, asked.fields).map((record) => [Number(record.id), record]))
  return (value) => sorted(value).map((id, index) => (index < limit ? (read.get(id) ?? { id }) : { id }))
}

/** The rank of each id in an order. */
function places(orm: Orm, target: Model, order: string, ids: number[]): Map<number, number> {
  const all = searchCondition(
    orm.asSuperuser(),
    target,
    { kind: 'term', path: 'id', operator: 'in', value: ids },
    { order, activeTest: false },
  )
  return new Map(all.map((id, index) => [id, index]))
}

function gathered(field: Field, records: ReadonlyMap<number, Values>): number[] {
  const ids = new Set<number>()
  for (const record of records.values()) for (const id of idsOf(record[field.name])) ids.add(id)
  return [...ids]
}

function idsOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value : []
}
