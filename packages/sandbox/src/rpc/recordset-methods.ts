import { matchingIds } from '../access/matching.ts'
import { parseCondition } from '../domain/parse-condition.ts'
import type { Method, MethodCall, Orm } from '../engine/contract.ts'
import { keyError } from '../fault/odoo-fault.ts'
import { externalIdsOf } from '../orm/external-ids.ts'
import { fieldsFor, readValues } from '../orm/read.ts'
import { idsToRead, noSingleton } from '../orm/record-ids.ts'
import { visibleIds } from '../orm/search.ts'
import { isX2many } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { pythonText, pythonTruth, recordsText } from '../value/python-text.ts'
import { listedNames } from './arguments.ts'

/**
 * Methods that are meant for Python and answer sets of records, which the wire carries as their text, `res.partner(1,)`.
 * From 18 on most of them are kept private; see `privateMethods`.
 */
export const RECORDSET_METHODS: readonly Method[] = [
  ...['sudo', 'with_user', 'with_company', 'with_context', 'with_env', 'with_prefetch', 'concat'].map(
    (name): Method => ({ name, on: 'records', params: ['env?', '*', '**'], run: (call) => textOf(call) }),
  ),
  ...['fetch', 'modified', 'flush_recordset', 'flush_model', 'invalidate_recordset', 'invalidate_model'].map(
    (name): Method => ({ name, on: 'records', params: ['fnames?', '*', '**'], run: () => undefined }),
  ),
  {
    name: 'browse',
    on: 'records',
    params: ['ids?'],
    run: (call) => recordsText(call.model.name, ids(call.args.ids ?? [])),
  },
  { name: 'ensure_one', on: 'records', params: [], run: single },
  { name: 'mapped', on: 'records', params: ['func'], run: mapped },
  {
    name: 'filtered',
    on: 'records',
    params: ['func'],
    run: (call) => {
      const holds = (id: number): boolean =>
        valuesAlong(call, [id], pythonText(call.args.func)).values.some(pythonTruth)
      return recordsText(call.model.name, idsToRead(call).filter(holds))
    },
  },
  {
    name: 'filtered_domain',
    on: 'records',
    params: ['domain'],
    run: (call) => {
      const { orm, model } = call
      const kept = idsToRead(call)
      const found = new Set(matchingIds(orm, model, kept, parseCondition(call.args.domain, orm.engine.version.domain)))
      return recordsText(
        model.name,
        kept.filter((id) => found.has(id)),
      )
    },
  },
  { name: 'sorted', on: 'records', params: ['key?', 'reverse?'], run: sorted },
  { name: 'grouped', on: 'records', params: ['key'], run: grouped },
  {
    name: 'get_external_id',
    on: 'records',
    params: [],
    run: (call) => {
      const names = externalIdsOf(call.orm, call.model, idsToRead(call))
      return Object.fromEntries(idsToRead(call).map((id) => [id, names.get(id)?.[0]?.name ?? '']))
    },
  },
  {
    name: 'user_has_groups',
    on: 'model',
    params: ['groups'],
    until: 17,
    run: ({ orm, args }) =>
      pythonText(args.groups)
        .split(',')
        .some((group) => orm.user().groups.has(group.trim())),
  },
  { name: 'get_empty_list_help', on: 'model', params: ['help_message'], run: ({ args }) => args.help_message },
]

function textOf(call: MethodCall): string {
  return recordsText(call.model.name, idsToRead(call))
}

function ids(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'number')
}

function single(call: MethodCall): string {
  const ids = idsToRead(call)
  if (ids.length !== 1) throw noSingleton(call.model, ids)
  return textOf(call)
}

function mapped(call: MethodCall): unknown {
  if (!pythonTruth(call.args.func)) return textOf(call)
  const { relation, values } = valuesAlong(call, idsToRead(call), pythonText(call.args.func))
  return relation === undefined ? values : recordsText(relation, ids(values))
}

type Along = { readonly values: readonly unknown[]; readonly relation: string | undefined }

/** The values at the end of a path; records on the way, and at its end, count once. */
function valuesAlong(call: Pick<MethodCall, 'orm' | 'model'>, from: readonly number[], path: string): Along {
  const [name = '', ...rest] = path.split('.')
  const { orm, model } = call
  if (!model.fields.has(name)) throw keyError(name)
  const fields = fieldsFor(orm, model, [name])
  const records = readValues(orm, model, from, fields)
  const values = from.map((id) => records.get(id)?.[name])
  const [field] = fields
  if (field?.relation === undefined) return { values, relation: undefined }
  const linked = [...new Set(isX2many(field) ? values.flat() : values)].filter((id) => typeof id === 'number')
  if (rest.length === 0) return { values: linked, relation: field.relation }
  return valuesAlong({ orm, model: orm.model(field.relation) }, linked, rest.join('.'))
}

function sorted(call: MethodCall): string {
  const given = idsToRead(call)
  const { key, reverse } = call.args
  const order = pythonTruth(key) ? byField(call, given, pythonText(key)) : inOrder(call.orm, call.model, given)
  return recordsText(call.model.name, pythonTruth(reverse) ? order.toReversed() : order)
}

function inOrder(orm: Orm, model: Model, given: readonly number[]): number[] {
  return visibleIds(orm, model, given)
}

function byField(call: MethodCall, given: readonly number[], name: string): number[] {
  const values = new Map(given.map((id) => [id, valuesAlong(call, [id], name).values[0]]))
  const compare = (a: unknown, b: unknown): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : pythonText(a) < pythonText(b) ? -1 : 1
  return given.toSorted((a, b) => (values.get(a) === values.get(b) ? 0 : compare(values.get(a), values.get(b))))
}

function grouped(call: MethodCall): Record<string, string> {
  const groups = Map.groupBy(idsToRead(call), (id) => {
    const [value] = valuesAlong(call, [id], listedNames([call.args.key])[0] ?? '').values
    return typeof value === 'boolean' ? String(value) : pythonText(value)
  })
  return Object.fromEntries([...groups].map(([key, members]) => [key, recordsText(call.model.name, members)]))
}
