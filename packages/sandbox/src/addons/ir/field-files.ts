import type { Consequence, Orm } from '../../engine/contract.ts'
import { insertRow, setColumns } from '../../orm/change-rows.ts'
import type { Field } from '../../schema/field.ts'
import type { Model } from '../../schema/model.ts'
import { listOf, sql } from '../../sql/sql-text.ts'
import { contentColumns } from './file-content.ts'
import { byContent } from './mime-type.ts'

const MODEL = 'ir.attachment'

/**
 * Odoo keeps the value of a binary field as an attachment of the record, with `res_field`. Here the record has the
 * value, and the attachment is a row that tells of it: it comes, changes and goes with the value.
 */
export const fieldFiles: Consequence = {
  changed(orm, model, ids, fields) {
    const kept = fileFields(model)
    if (kept.length === 0) return
    const asked = fields === 'everything' || fields.some((name) => model.fields.get(name)?.type === 'binary')
    if (asked) for (const field of kept) tell(orm, model, ids, field)
  },
  deleted(orm, model, ids) {
    if (model.name === MODEL) return
    const gone = sql`res_model = ${model.name} AND res_id IN ${listOf(ids)}`
    const files = orm.engine.db.all(sql`SELECT id FROM ir_attachment WHERE ${gone}`).map((row) => Number(row.id))
    if (files.length > 0) orm.asSuperuser().unlink(MODEL, files)
  },
}

const known = new WeakMap<Model, readonly Field[]>()

/** The fields of a model whose values are files: stored, and not in a column of Odoo's own table. */
function fileFields(model: Model): readonly Field[] {
  const found =
    known.get(model) ??
    [...model.fields.values()].filter(
      (field) => field.type === 'binary' && field.store && !field.sortable && model.name !== MODEL,
    )
  known.set(model, found)
  // The largest picture comes first, as Odoo writes it first.
  return found
}

function tell(orm: Orm, model: Model, ids: readonly number[], field: Field): void {
  const rows = orm.engine.db.all(sql`
    SELECT id, res_id, checksum FROM ir_attachment
    WHERE res_model = ${model.name} AND res_field = ${field.name} AND res_id IN ${listOf(ids)}`)
  const told = new Map(rows.map((row) => [Number(row.res_id), row]))
  for (const [id, values] of orm.values(model.name, ids, [field.name])) {
    const value = values[field.name]
    const row = told.get(id)
    if (typeof value !== 'string') {
      if (row !== undefined) orm.engine.db.run(sql`DELETE FROM ir_attachment WHERE id = ${Number(row.id)}`)
      continue
    }
    const content = Buffer.from(value, 'base64')
    const mimetype = byContent(content)
    const { checksum, file_size: size } = contentColumns(content, mimetype)
    if (row?.checksum === checksum) continue
    const columns = { checksum, file_size: size, mimetype, store_fname: `${checksum.slice(0, 2)}/${checksum}` }
    const attachments = orm.model(MODEL)
    if (row === undefined) {
      const own = {
        name: field.name,
        res_model: model.name,
        res_field: field.name,
        res_id: id,
        type: 'binary',
        public: 0,
      }
      insertRow(orm, attachments, { ...own, ...columns, company_id: orm.companyIds()[0] ?? null })
    } else setColumns(orm, attachments, [Number(row.id)], columns)
  }
}
