import { checkFields } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import { checkGuard, checkRules } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { userError, valueError } from '../fault/odoo-fault.ts'
import { hasColumn } from '../schema/field.ts'
import { fieldNamed, type Model } from '../schema/model.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import { toColumn } from '../value/column-value.ts'
import { afterChange } from './after-change.ts'
import { insertRow } from './change-rows.ts'
import { checkRequired, checkTargets } from './check-targets.ts'
import { writeList } from './commands.ts'
import { defaultsOf } from './defaults.ts'
import { splitValues, type Written } from './split-values.ts'
import { writeAlongPaths } from './write.ts'

/**
 * Makes one record and answers its id: rights, defaults, the record it inherits from, the row, its lists, what follows
 * from it, and last the rules, which judge the finished record (odoo 18.0 models.py, create).
 */
export function createRecord(orm: Orm, model: Model, given: Values): number {
  checkGuard(orm, model, 'create', [], given)
  checkModel(orm, model, 'create')
  if (model.isEmpty) throw userError(`The sandbox keeps no records of ${model.label} (${model.name}).`)
  checkFields(orm, model, knownFields(model, given), 'write')
  const behaviour = orm.engine.behaviours[model.name]
  const prepared = behaviour?.beforeCreate?.(orm, given) ?? given
  const missing = [...model.fields.values()].filter(
    (field) => !(field.name in prepared) && (hasColumn(field) || field.storage.kind === 'relation'),
  )
  const values = { ...defaultsOf(orm, model, missing), ...prepared }
  const unknown = (name: string): Error => valueError(orm.engine.version.say.unknownFieldOnCreate(model.name, name))
  const split = splitValues(model, values, unknown)
  const columns: Record<string, SqlValue> = { ...emptyColumns(model), ...split.columns }
  const paths = createInherited(orm, model, columns, split.paths)
  checkRequired(orm, model, columns)
  checkTargets(orm, model, columns)
  const id = insertRow(orm, model, columns)
  for (const { field, value } of split.lists) writeList(orm, model, id, field, value)
  writeAlongPaths(orm, model, [id], paths)
  for (const { field, value } of split.computed) behaviour?.inverse?.[field.name]?.(orm, [id], value)
  for (const consequence of orm.engine.consequences) consequence.created?.(orm, model, id)
  afterChange(orm, model, [id], 'everything')
  checkRules(orm, model, [id], 'create')
  return id
}

function knownFields(model: Model, values: Values) {
  return Object.keys(values)
    .map((name) => model.fields.get(name))
    .filter((field) => field !== undefined)
}

/** Columns that nobody gave a value: required ones have to be seen as unset, switches are off, numbers 0 or unset. */
function emptyColumns(model: Model): Record<string, SqlValue> {
  const columns: Record<string, SqlValue> = {}
  for (const field of model.fields.values()) {
    if (!hasColumn(field) || field.name === 'id') continue
    if (field.type === 'boolean') columns[field.name] = 0
    else if (field.required) columns[field.name] = null
  }
  return columns
}

/** Makes the record that the new one inherits from, unless it was given; answers the paths that are left to write. */
function createInherited(
  orm: Orm,
  model: Model,
  columns: Record<string, SqlValue>,
  paths: readonly Written[],
): readonly Written[] {
  const inherits = model.row.inherits
  if (inherits === undefined || columns[inherits.field] != null) return paths
  const inherited: Record<string, unknown> = {}
  const rest: Written[] = []
  for (const written of paths) {
    const { storage } = written.field
    const [head, name, ...more] = storage.kind === 'path' ? storage.path : []
    if (head === inherits.field && name !== undefined && more.length === 0) inherited[name] = written.value
    else rest.push(written)
  }
  const owner = orm.asSuperuser().create(inherits.model, inherited)
  columns[inherits.field] = toColumn(model.name, fieldNamed(model, inherits.field), owner)
  return rest
}
