import { checkFields } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import { checkChange, checkGuard, checkRecords } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { keyError, valueError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { afterChange } from './after-change.ts'
import { updateRows } from './change-rows.ts'
import { checkRequired, checkTargets } from './check-targets.ts'
import { writeList } from './commands.ts'
import { splitValues, type Written } from './split-values.ts'

/**
 * Changes records. Every check comes before the first change; one missing or hidden record refuses the whole call
 * (odoo 18.0 models.py, write).
 */
export function writeRecords(orm: Orm, model: Model, ids: readonly number[], given: Values): void {
  const behaviour = orm.engine.behaviours[model.name]
  const names = Object.keys(given)
  const writer = behaviour?.allows?.(orm, 'write', ids, names) ? orm.asSuperuser() : orm
  const { version } = orm.engine.version
  if (version <= (model.row.readsBefore?.write ?? 0)) {
    checkGuard(writer, model, 'write', ids, given)
    checkModel(writer, model, 'write')
    checkRecords(writer, model, ids, 'read')
  }
  const real = checkChange(writer, model, ids, 'write', given)
  checkFields(
    writer,
    model,
    names.map((name) => model.fields.get(name)).filter((field) => field !== undefined),
    'write',
  )
  const values = behaviour?.beforeWrite?.(writer, real, given) ?? given
  const split = splitValues(model, values, (name) => unknownField(writer, model, name))
  if (real.length === 0) return
  checkRequired(writer, model, split.columns)
  checkTargets(writer, model, split.columns)
  const followUps = orm.engine.consequences.map(({ writing }) => writing?.(writer, model, real, Object.keys(values)))
  updateRows(writer, model, real, split.columns)
  for (const { field, value } of split.lists) for (const id of real) writeList(writer, model, id, field, value)
  writeAlongPaths(writer, model, real, split.paths)
  for (const { field, value } of split.computed) behaviour?.inverse?.[field.name]?.(writer, real, value)
  afterChange(writer, model, real, Object.keys(values))
  for (const followUp of followUps) followUp?.()
}

function unknownField(orm: Orm, model: Model, name: string): Error {
  const { version } = orm.engine
  if (version.unknownFieldOnWrite === 'key_error') return keyError(name)
  return valueError(version.say.unknownField(model.name, name))
}

/**
 * Writes values at the end of their paths, on the records that the paths lead to: as the user, but as superuser on the
 * record that this one inherits from, which is a part of it. Read-only paths change nothing (odoo 18.0 fields.py,
 * _inverse_related).
 */
export function writeAlongPaths(orm: Orm, model: Model, ids: readonly number[], paths: readonly Written[]): void {
  for (const { field, value } of paths) {
    if (field.storage.kind !== 'path' || field.readonly) continue
    const { path } = field.storage
    let here = model
    let targets = [...ids]
    for (const step of path.slice(0, -1)) {
      const values = orm.asSuperuser().values(here.name, targets, [step])
      targets = [...new Set([...values.values()].map((record) => record[step]))].filter(
        (id): id is number => typeof id === 'number',
      )
      here = orm.model(here.fields.get(step)?.relation ?? '')
    }
    const writer = path[0] === model.row.inherits?.field ? orm.asSuperuser() : orm
    if (targets.length > 0) writer.write(here.name, targets, { [path.at(-1) ?? '']: value })
  }
}
