import { callOdoo, strangeAnswer } from './call-odoo.ts'
import { recordErrors } from './errors.ts'
import { fetchRelated, searchAmong } from './fetch-related.ts'
import { type RawRecord, readRawRecords } from './raw-record.ts'
import { countCall, readCall, searchReadCall } from './read-calls.ts'
import type { ByIdPlan, ListPlan } from './read-plan.ts'
import type { OdooRecord, RecordPage } from './record.ts'
import { shapeRecord } from './shape.ts'
import type { RecordsUpstream } from './upstream.ts'

/**
 * Reads a page: one call on Odoo 17 and on, unless forced domains of related models ask for more; before, `search_read`,
 * `search_count` where the page does not tell the total, and one call for each relation.
 *
 * @throws GatehouseError what Odoo refuses, `expand.too_large`
 */
export async function runList(upstream: RecordsUpstream, plan: ListPlan): Promise<RecordPage> {
  const { rows, total } = plan.nestedReads ? await readPage(upstream, plan) : await readPageBefore17(upstream, plan)
  const related = await fetchRelated(upstream, plan, rows)
  return {
    records: rows.map((row) => shapeRecord(plan.node, row, related)),
    total,
    limit: plan.limit,
    offset: plan.offset,
    ...(plan.limitCapped === undefined ? {} : { limitCapped: plan.limitCapped }),
  }
}

/**
 * Reads records in the order of their ids. All of them have to be there and to lie in the forced domain.
 *
 * @throws GatehouseError `record.missing`, what Odoo refuses, `expand.too_large`
 */
export async function runByIds(upstream: RecordsUpstream, plan: ByIdPlan): Promise<readonly OdooRecord[]> {
  const { ids, rowFilter, context } = plan
  const { model } = plan.node
  if (rowFilter !== undefined) {
    requireAll(ids, new Set(await searchAmong(upstream, model, ids, rowFilter, context)), model)
  }
  const call = readCall(plan)
  const rows = readRawRecords(await callOdoo(upstream, call), call.method)
  const byId = new Map(rows.map((row) => [row.id, row]))
  requireAll(ids, byId, model)
  const related = await fetchRelated(upstream, plan, rows)
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [shapeRecord(plan.node, row, related)]
  })
}

/** @throws GatehouseError `record.missing`, naming the first id that is not there */
export function requireAll(ids: readonly number[], found: { has(id: number): boolean }, model: string): void {
  const missing = ids.find((id) => !found.has(id))
  if (missing === undefined) return
  throw recordErrors['record.missing']({ message: `The model "${model}" has no record with the id ${missing}.` })
}

type RawPage = { readonly rows: readonly RawRecord[]; readonly total: number }

async function readPage(upstream: RecordsUpstream, plan: ListPlan): Promise<RawPage> {
  const answer = await callOdoo(upstream, searchReadCall(plan.node, plan, true), blameOf(plan))
  const { length, records } = isObject(answer) ? answer : {}
  if (typeof length !== 'number') throw strangeAnswer('web_search_read')
  const rows = readRawRecords(records, 'web_search_read')
  // Of a page behind the last Odoo says that nothing matches at all.
  const total = rows.length === 0 && plan.offset > 0 ? await countAll(upstream, plan) : length
  return { rows, total }
}

async function readPageBefore17(upstream: RecordsUpstream, plan: ListPlan): Promise<RawPage> {
  const call = searchReadCall(plan.node, plan, false)
  const rows = readRawRecords(await callOdoo(upstream, call, blameOf(plan)), call.method)
  const isLastPage = rows.length < plan.limit && (rows.length > 0 || plan.offset === 0)
  if (isLastPage) return { rows, total: plan.offset + rows.length }
  return { rows, total: await countAll(upstream, plan) }
}

async function countAll(upstream: RecordsUpstream, plan: ListPlan): Promise<number> {
  const total = await callOdoo(upstream, countCall(plan.node.model, plan.domain, plan.context), blameOf(plan))
  if (typeof total !== 'number') throw strangeAnswer('search_count')
  return total
}

function blameOf(plan: ListPlan) {
  return { blame: plan.hasCallerDomain ? 'request' : 'gateway' } as const
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
