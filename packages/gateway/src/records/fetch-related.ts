import { and, type Domain, leaf, printDomain } from '@odoo-gatehouse/odoo/domain'
import type { OdooContext } from '@odoo-gatehouse/odoo/schema'
import type { JsonValue } from '../kernel/json.ts'
import { callOdoo } from './call-odoo.ts'
import { recordErrors } from './errors.ts'
import { idOfMany2one, idsOfX2many, isRawRecord, type RawRecord, readIds, readRawRecords } from './raw-record.ts'
import { searchReadCall } from './read-calls.ts'
import type { ByIdPlan, Column, ExpandedColumn, ListPlan, ReadNode } from './read-plan.ts'
import { withArchived } from './record-context.ts'
import type { RecordsUpstream } from './upstream.ts'

/** The most records of one relation that one answer may hold. */
const RELATED_MAX = 10_000

/** A record of a batch, and its place in the order that was asked for. */
export type FetchedRecord = { readonly raw: RawRecord; readonly rank: number }

/** What is known beside the records themselves once everything is read. */
export type Related = {
  /** The records behind each batched relation, by id. */
  readonly fetched: ReadonlyMap<ExpandedColumn, ReadonlyMap<number, FetchedRecord>>
  /** By guarded model: which of the ids in the answer lie in its forced domain. */
  readonly visible: ReadonlyMap<string, ReadonlySet<number>>
}

type ReadPlan = ListPlan | ByIdPlan

/**
 * Reads what Odoo did not answer together with the records: batched relations, one call each for all records, and one
 * search for each model whose names are guarded.
 *
 * @throws GatehouseError `expand.too_large` and what Odoo refuses
 */
export async function fetchRelated(
  upstream: RecordsUpstream,
  plan: ReadPlan,
  rows: readonly RawRecord[],
): Promise<Related> {
  const fetched = new Map<ExpandedColumn, ReadonlyMap<number, FetchedRecord>>()
  const guarded = new Map<string, Set<number>>()
  await descend(plan.node, rows)
  const visible = await Promise.all(
    [...guarded].map(async ([model, ids]): Promise<[string, ReadonlySet<number>]> => {
      const filter = plan.guards.get(model)
      if (filter === undefined) throw new TypeError(`The plan guards ${model} and has no forced domain for it.`)
      return [model, new Set(await searchAmong(upstream, model, [...ids], filter, plan.context))]
    }),
  )
  return { fetched, visible: new Map(visible) }

  async function descend(node: ReadNode, records: readonly RawRecord[]): Promise<void> {
    await Promise.all(node.columns.map((column) => descendInto(column, records)))
  }

  async function descendInto(column: Column, records: readonly RawRecord[]): Promise<void> {
    if (column.kind === 'pair' && column.guardedModel !== undefined) {
      collect(guarded, column.guardedModel, idsIn(column, records))
    }
    if (column.kind !== 'expanded') return
    if (column.how === 'nested') {
      const nested = nestedRecords(column, records)
      if (nested.length > RELATED_MAX) throw recordErrors['expand.too_large']({ data: { field: column.name } })
      return descend(column.node, nested)
    }
    const ids = idsIn(column, records)
    if (ids.length > RELATED_MAX) throw recordErrors['expand.too_large']({ data: { field: column.name } })
    const related = ids.length === 0 ? [] : await readBatch(upstream, plan, column, ids)
    fetched.set(column, new Map(related.map((raw, rank) => [raw.id, { raw, rank }])))
    await descend(column.node, related)
  }
}

/**
 * Which of the ids lie in a domain; archived records too, for they are there.
 *
 * @throws GatehouseError what Odoo refuses
 */
export async function searchAmong(
  upstream: RecordsUpstream,
  model: string,
  ids: readonly number[],
  filter: Domain,
  context: OdooContext,
): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const domain = printDomain(and(leaf('id', 'in', ids), filter))
  const call = { model, method: 'search', args: [domain], kwargs: { context: withArchived(context) } }
  return readIds(await callOdoo(upstream, call), 'search')
}

async function readBatch(
  upstream: RecordsUpstream,
  plan: ReadPlan,
  { node, filter, order }: ExpandedColumn,
  ids: readonly number[],
): Promise<readonly RawRecord[]> {
  const page = { domain: and(leaf('id', 'in', ids), filter), order: order ?? 'id', context: plan.context }
  const call = searchReadCall(node, page, plan.nestedReads)
  const answer = await callOdoo(upstream, call)
  const records =
    plan.nestedReads && typeof answer === 'object' && answer !== null && 'records' in answer ? answer.records : answer
  return readRawRecords(records, call.method)
}

function nestedRecords({ name, many }: ExpandedColumn, records: readonly RawRecord[]): readonly RawRecord[] {
  return records.flatMap((record) => {
    const value: JsonValue | undefined = record[name]
    const related: readonly JsonValue[] =
      many && Array.isArray(value) ? value : value === undefined ? [] : [value as JsonValue]
    return related.filter(isRawRecord)
  })
}

function idsIn(column: Column, records: readonly RawRecord[]): readonly number[] {
  const ids = new Set<number>()
  const many = column.kind === 'expanded' && column.many
  for (const record of records) {
    if (many) for (const id of idsOfX2many(record[column.name])) ids.add(id)
    else {
      const id = idOfMany2one(record[column.name])
      if (id !== undefined) ids.add(id)
    }
  }
  return [...ids]
}

function collect(into: Map<string, Set<number>>, model: string, ids: readonly number[]): void {
  const known = into.get(model) ?? new Set()
  for (const id of ids) known.add(id)
  into.set(model, known)
}
