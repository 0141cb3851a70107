import { checkRecords } from '../access/check-records.ts'
import type { Orm } from '../engine/contract.ts'
import { keyError, userError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { pythonTruth } from '../value/python-text.ts'
import { exportedValue } from './exported-value.ts'
import { ensureExternalIds } from './external-ids.ts'
import { fieldsFor, readValues } from './read.ts'

/** A line of an export: one cell a column. */
type Line = unknown[]

/**
 * The method `export_data`: a table of the records, a column a field. Paths go through relations, `id` is an external id
 * and `.id` the id itself; records of a one2many stand on lines of their own (odoo 18.0 models.py, _export_rows).
 */
export function exportData(orm: Orm, model: Model, ids: readonly number[], columns: readonly string[]): Line[] {
  if (!orm.superuser && !orm.user().groups.has('base.group_allow_export')) {
    throw userError("You don't have the rights to export data. Please contact an Administrator.")
  }
  const paths = columns.map(splitPath)
  const lines = linesOf(orm, model, ids, paths)
  return ids.flatMap((id) => lines.get(id) ?? [])
}

/** `parent_id:id` and `parent_id.id` are `parent_id/id` (odoo 18.0 models.py, fix_import_export_id_paths). */
export function splitPath(column: string): string[] {
  return column
    .replaceAll(/([^/])\.id/g, '$1/.id')
    .replaceAll(/([^/]):id/g, '$1/id')
    .split('/')
}

type Paths = readonly (readonly string[])[]

/** The lines of each record; an empty path is a column that is none of its business. */
function linesOf(orm: Orm, model: Model, ids: readonly number[], paths: Paths): Map<number, Line[]> {
  const names = [...new Set(paths.flatMap(([name]) => (name === undefined ? [] : [name])))]
  if (ids.length === 0) return new Map()
  const fields = exportedFields(orm, model, names)
  // An id needs no record behind it.
  if (fields.length > 0) checkRecords(orm, model, ids, 'read')
  const values = fields.length > 0 ? readValues(orm, model, ids, fields) : new Map()
  const externalIds = names.includes('id') ? ensureExternalIds(orm, model, ids) : undefined
  const cells = new Map(fields.map((field) => [field.name, columnsOf(orm, field, values, paths)]))
  return new Map(
    ids.map((id) => {
      const lines: Line[] = [paths.map(() => '')]
      const [main] = lines
      paths.forEach(([name], column) => {
        if (main === undefined || name === undefined) return
        if (name === '.id') main[column] = String(id)
        else if (name === 'id') main[column] = externalIds?.get(id) ?? ''
        else if (names.indexOf(name) >= 0 && paths.findIndex(([first]) => first === name) === column) {
          const added = cells.get(name)?.(id, column) ?? []
          const [first = [], ...others] = added
          first.forEach((cell, at) => {
            if (pythonTruth(cell) || typeof cell === 'number' || typeof cell === 'boolean') main[at] = cell
          })
          lines.push(...others)
        }
      })
      return [id, lines]
    }),
  )
}

function exportedFields(orm: Orm, model: Model, names: readonly string[]): Field[] {
  const wanted = names.filter((name) => name !== 'id' && name !== '.id')
  const unknown = wanted.find((name) => !model.fields.has(name))
  if (unknown !== undefined && orm.engine.version.transfers.unknownColumn === 'key_error') throw keyError(unknown)
  return wanted.length === 0 ? [] : fieldsFor(orm, model, wanted)
}

type Cells = (id: number, column: number) => Line[]

/** What a field puts into the columns that begin with it. */
function columnsOf(
  orm: Orm,
  field: Field,
  values: ReadonlyMap<number, Readonly<Record<string, unknown>>>,
  paths: Paths,
): Cells {
  const own = (value: unknown): Line => paths.map(([name]) => (name === field.name ? value : ''))
  if (field.relation === undefined) {
    const show = exportedValue(orm, field)
    return (id) => [own(show(values.get(id)?.[field.name]))]
  }
  const target = orm.model(field.relation)
  const linked = new Map([...values].map(([id, record]) => [id, idsIn(record[field.name])]))
  const all = [...new Set([...linked.values()].flat())]
  const inside = paths.map(([name, ...rest]) => (name !== field.name ? [] : rest.length > 0 ? rest : ['display_name']))
  if (field.type === 'many2many' && orm.context.import_compat !== false && orm.context.import_compat !== null) {
    return joinedCells(orm, target, linked, all, inside)
  }
  const lines = linesOf(orm, target, all, inside)
  return (id) => (linked.get(id) ?? []).flatMap((one) => lines.get(one) ?? [])
}

/** An import reads the records of a many2many from one cell: their external ids or their names. */
function joinedCells(
  orm: Orm,
  target: Model,
  linked: ReadonlyMap<number, readonly number[]>,
  all: readonly number[],
  inside: Paths,
): Cells {
  const asked = ['id', 'name', 'display_name'].find((name) => inside.some((path) => path.join('/') === name))
  const texts = asked === 'id' ? ensureExternalIds(orm, target, all) : orm.names(target.name, all)
  return (id, column) => {
    const at = asked === undefined ? column : inside.findIndex((path) => path.join('/') === asked)
    const text = (linked.get(id) ?? []).map((one) => texts.get(one) ?? '').join(',')
    return [inside.map((_path, index) => (index === at ? text : ''))]
  }
}

function idsIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value : []
}
