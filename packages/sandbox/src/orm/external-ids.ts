import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'
import { listOf, sql } from '../sql/sql-text.ts'

/** An external id, `module.name`, with the record that it names. */
export type ExternalId = {
  readonly name: string
  readonly model: string
  readonly resId: number
  /** The row of `ir.model.data`. */
  readonly id: number
  readonly noupdate: boolean
}

/** The external ids of records, in the order in which they were made. */
export function externalIdsOf(orm: Orm, model: Model, ids: readonly number[]): Map<number, ExternalId[]> {
  const rows = keepsExternalIds(orm)
    ? orm.engine.db.all(sql`
        SELECT id, module, name, model, res_id, noupdate FROM ir_model_data
        WHERE model = ${model.name} AND res_id IN ${listOf(ids)} ORDER BY id`)
    : []
  return Map.groupBy(rows.map(externalIdIn), ({ resId }) => resId)
}

/** The record behind an external id, which may be gone; `undefined` for an unknown one. */
export function externalIdNamed(orm: Orm, name: string): ExternalId | undefined {
  if (!keepsExternalIds(orm)) return undefined
  const dot = name.indexOf('.')
  if (dot < 0) return undefined
  const row = orm.engine.db.get(sql`
    SELECT id, module, name, model, res_id, noupdate FROM ir_model_data
    WHERE module = ${name.slice(0, dot)} AND name = ${name.slice(dot + 1)}`)
  return row === undefined ? undefined : externalIdIn(row)
}

/** Gives a record an external id. */
export function makeExternalId(orm: Orm, model: Model, resId: number, name: string): void {
  const dot = name.indexOf('.')
  const values = { module: name.slice(0, dot), name: name.slice(dot + 1), model: model.name, res_id: resId }
  orm.asSuperuser().create('ir.model.data', values)
}

/** One external id a record; records without one are given `__export__.<table>_<id>_<random>` (odoo 18.0 models.py). */
export function ensureExternalIds(orm: Orm, model: Model, ids: readonly number[]): Map<number, string> {
  const known = externalIdsOf(orm, model, ids)
  const names = new Map<number, string>()
  for (const id of ids) {
    const name = known.get(id)?.at(-1)?.name ?? newName(orm, model, id)
    if (!known.has(id) && !names.has(id)) makeExternalId(orm, model, id, name)
    if (!names.has(id)) names.set(id, name)
  }
  return names
}

function newName(orm: Orm, model: Model, id: number): string {
  return `__export__.${model.table}_${id}_${orm.engine.randomBytes(4).toString('hex')}`
}

function keepsExternalIds(orm: Orm): boolean {
  return orm.engine.schema.models.has('ir.model.data')
}

function externalIdIn(row: Readonly<Record<string, unknown>>): ExternalId {
  return {
    id: Number(row.id),
    name: `${row.module}.${row.name}`,
    model: String(row.model),
    resId: Number(row.res_id),
    noupdate: row.noupdate === 1,
  }
}
