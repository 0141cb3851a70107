import type { OdooContext } from '@odoo-gatehouse/odoo/schema'
import { GatehouseError } from '../kernel/error.ts'
import { callOdoo, strangeAnswer } from './call-odoo.ts'
import { searchAmong } from './fetch-related.ts'
import { readIds } from './raw-record.ts'
import type { OdooRecord } from './record.ts'
import { requireAll, runByIds } from './run-read.ts'
import type { RecordsUpstream } from './upstream.ts'
import type { CreatePlan, IdCheck, RemovePlan, UpdatePlan } from './write-plan.ts'

/**
 * Creates records in one transaction and reads them back.
 *
 * @throws GatehouseError `record.missing` before anything is written, what Odoo refuses
 */
export async function runCreate(upstream: RecordsUpstream, plan: CreatePlan): Promise<readonly OdooRecord[]> {
  await runChecks(upstream, plan.checks, plan.context)
  const { model, rows, context } = plan
  const answer = await write(upstream, plan, { model, method: 'create', args: [rows], kwargs: { context } })
  const ids = readIds(answer, 'create')
  if (ids.length !== rows.length) throw strangeAnswer('create')
  return readBack(upstream, plan, ids)
}

/**
 * Writes the values to all records in one transaction and reads them back.
 *
 * @throws GatehouseError `record.missing` before anything is written, what Odoo refuses
 */
export async function runUpdate(upstream: RecordsUpstream, plan: UpdatePlan): Promise<readonly OdooRecord[]> {
  await runChecks(upstream, plan.checks, plan.context)
  const { model, ids, values, context } = plan
  await write(upstream, plan, { model, method: 'write', args: [ids, values], kwargs: { context } })
  return readBack(upstream, plan, ids)
}

/**
 * Deletes the records in one transaction.
 *
 * @throws GatehouseError `record.missing` before anything is deleted, what Odoo refuses
 */
export async function runRemove(upstream: RecordsUpstream, plan: RemovePlan): Promise<void> {
  await runChecks(upstream, plan.checks, plan.context)
  const { model, ids, context } = plan
  await callOdoo(upstream, { model, method: 'unlink', args: [ids], kwargs: { context } })
}

async function runChecks(upstream: RecordsUpstream, checks: readonly IdCheck[], context: OdooContext): Promise<void> {
  for (const { model, ids, domain } of checks) {
    requireAll(ids, new Set(await searchAmong(upstream, model, ids, domain, context)), model)
  }
}

function write(
  upstream: RecordsUpstream,
  { unsetRequired }: { readonly unsetRequired: ReadonlySet<string> },
  call: Parameters<typeof callOdoo>[1],
): Promise<unknown> {
  return callOdoo(upstream, call, { blame: 'request', unsetRequired })
}

type Answer = { readonly answer: CreatePlan['answer']; readonly context: OdooContext }

/**
 * The records after the write. It is done by now: whatever keeps them from being read (a record rule, a forced domain
 * on a computed field, a broken connection) must not make the client believe that it failed, so ids alone are answered.
 */
async function readBack(
  upstream: RecordsUpstream,
  { answer, context }: Answer,
  ids: readonly number[],
): Promise<readonly OdooRecord[]> {
  const idsAlone = ids.map((id) => ({ id }))
  if (answer === undefined) return idsAlone
  try {
    return await runByIds(upstream, { ...answer, ids, context })
  } catch (error) {
    if (error instanceof GatehouseError) return idsAlone
    throw error
  }
}
