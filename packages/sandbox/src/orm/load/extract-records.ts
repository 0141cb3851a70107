import type { Orm } from '../../engine/contract.ts'
import { keyError, typeError, valueError } from '../../fault/odoo-fault.ts'
import type { Model } from '../../schema/model.ts'
import { pythonRepr, pythonTruth, pythonType } from '../../value/python-text.ts'
import type { RowSpan } from './import-message.ts'

/** A record as the table has it: texts by field; of a relation the records that its columns describe. `''` is its name. */
export type RawRecord = ReadonlyMap<string, unknown>

export type Extracted = { readonly record: RawRecord; readonly rows: RowSpan }

type Paths = readonly (readonly string[])[]

/**
 * Cuts a table into records. A row with nothing but values of one2many fields belongs to the record above it
 * (odoo 18.0 models.py, _extract_records).
 */
export function extractRecords(orm: Orm, model: Model, paths: Paths, table: readonly unknown[]): Extracted[] {
  const heads = paths.map(([name = '']) => name)
  for (const name of heads) checkName(orm, model, name)
  const inList = heads.map((name) => model.fields.get(name)?.type === 'one2many')
  const rows = table.map(cellsOf)
  const continues = (row: readonly unknown[]): boolean =>
    row.some((cell, at) => inList[at] === true && pythonTruth(cell)) &&
    !row.some((cell, at) => inList[at] !== true && pythonTruth(cell))
  const records: Extracted[] = []
  for (let at = 0; at < rows.length; ) {
    let end = at + 1
    while (end < rows.length && continues(rows[end] ?? [])) end += 1
    records.push({ record: recordIn(orm, model, paths, rows.slice(at, end)), rows: { from: at, to: end - 1 } })
    at = end
  }
  return records
}

function recordIn(orm: Orm, model: Model, paths: Paths, rows: readonly (readonly unknown[])[]): RawRecord {
  const [row = []] = rows
  const record = new Map<string, unknown>()
  paths.forEach(([name = ''], at) => {
    if (model.fields.get(name)?.relation === undefined && at < row.length) record.set(name, row[at])
  })
  for (const name of new Set(paths.map(([head = '']) => head))) {
    const target = model.fields.get(name)?.relation
    if (target === undefined) continue
    const columns = paths.flatMap(([head, ...rest], at) =>
      head === name ? [{ at, path: rest.length > 0 ? rest : [''] }] : [],
    )
    const cells = rows.map((cellRow) => columns.map(({ at }) => cellRow[at])).filter((some) => some.some(pythonTruth))
    const inside = columns.map(({ path }) => path)
    record.set(
      name,
      extractRecords(orm, orm.model(target), inside, cells).map((one) => one.record),
    )
  }
  return record
}

function checkName(orm: Orm, model: Model, name: string): void {
  if (name === '' || name === '.id' || model.fields.has(name)) return
  throw orm.engine.version.transfers.unknownColumn === 'key_error'
    ? keyError(name)
    : valueError(`Invalid field name ${pythonRepr(name)}`)
}

/** Python walks through a text, too. */
function cellsOf(row: unknown): readonly unknown[] {
  if (Array.isArray(row)) return row
  if (typeof row === 'string') return [...row]
  throw typeError(`'${pythonType(row)}' object is not iterable`)
}
