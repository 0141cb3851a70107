import type { Orm } from '../../engine/contract.ts'
import { valueError } from '../../fault/odoo-fault.ts'
import { listOf, sql } from '../../sql/sql-text.ts'

/** The record that an external name stands for. */
export type NamedRecord = { readonly model: string; readonly id: number }

/** The external names of records, `module.name`; of several names the oldest. Records without one are left out. */
export function xmlidsOf(orm: Pick<Orm, 'engine'>, model: string, ids: readonly number[]): Map<number, string> {
  const rows = orm.engine.db.all(sql`
    SELECT module, name, res_id FROM ir_model_data WHERE model = ${model} AND res_id IN ${listOf(ids)} ORDER BY id DESC`)
  return new Map(rows.map((row) => [Number(row.res_id), `${row.module}.${row.name}`]))
}

/** What an external name stands for; `undefined` for a name that nobody has, and for one without a module. */
export function idOfXmlid(orm: Pick<Orm, 'engine'>, xmlid: string): NamedRecord | undefined {
  const dot = xmlid.indexOf('.')
  if (dot < 0) return undefined
  const row = orm.engine.db.get(sql`
    SELECT model, res_id FROM ir_model_data WHERE module = ${xmlid.slice(0, dot)} AND name = ${xmlid.slice(dot + 1)}`)
  return row === undefined ? undefined : { model: String(row.model), id: Number(row.res_id) }
}

/**
 * Gives a record an external name, whatever the user's rights; answers it. Without a name it gets one of its own, as an
 * export gives it: `__export__.res_partner_14_1a2b3c4d` (odoo 18.0 models.py, __ensure_xml_id).
 */
export function giveXmlid(orm: Orm, model: string, id: number, xmlid = exportName(orm, model, id)): string {
  const dot = xmlid.indexOf('.')
  const values = { module: xmlid.slice(0, Math.max(dot, 0)), name: xmlid.slice(dot + 1), model, res_id: id }
  orm.asSuperuser().create('ir.model.data', values)
  return xmlid
}

/** The refusal of a name that nobody has. */
export function unknownXmlid(xmlid: string): Error {
  return valueError(`External ID not found in the system: ${xmlid}`)
}

function exportName(orm: Orm, model: string, id: number): string {
  return `__export__.${model.replaceAll('.', '_')}_${id}_${orm.engine.randomBytes(4).toString('hex')}`
}
