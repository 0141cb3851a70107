import type { Orm } from '../engine/contract.ts'
import type { Field } from '../schema/field.ts'
import { clockText } from '../time/date-group.ts'
import { clockMs, knownZone, toZone } from '../time/zoned-time.ts'
import { pythonJsonText } from '../value/python-json-text.ts'
import { pythonTruth } from '../value/python-text.ts'

/** How values of a field stand in an export: labels for choices, local time for moments (`convert_to_export`). */
export function exportedValue(orm: Orm, field: Field): (value: unknown) => unknown {
  switch (field.type) {
    case 'boolean':
      return (value) => value === true
    case 'integer':
    case 'float':
    case 'monetary':
    case 'many2one_reference':
      return (value) => value
    case 'selection':
      return choiceLabel(orm, field)
    case 'datetime':
      return localMoment(orm)
    case 'reference':
      return (value) => referenceText(orm, value)
    case 'json':
      return (value) => (pythonTruth(value) ? pythonJsonText(value) : '')
    default:
      return (value) => (pythonTruth(value) ? value : '')
  }
}

/** Choices that Odoo works out have no label in an export until 18. */
const WORKED_OUT = new Set(['lang', 'tz'])

function choiceLabel(orm: Orm, field: Field): (value: unknown) => unknown {
  if (WORKED_OUT.has(field.name) && !orm.engine.version.transfers.workedOutLabels) return (value) => value || ''
  const labels = new Map(field.selection)
  return (value) => labels.get(String(value)) ?? ''
}

function localMoment(orm: Orm): (value: unknown) => unknown {
  const own = orm.asSuperuser().values('res.users', [orm.uid], ['tz']).get(orm.uid)?.tz
  const zone = knownZone(orm.context.tz || own)
  return (value) => (typeof value === 'string' ? clockText(toZone(clockMs(value), zone)) : '')
}

function referenceText(orm: Orm, value: unknown): string {
  if (typeof value !== 'string') return ''
  const asReference = orm.engine.version.transfers.references && orm.context.import_compat !== false
  if (asReference) return value
  const [model = '', id] = value.split(',')
  return orm.engine.schema.models.has(model) ? (orm.names(model, [Number(id)]).get(Number(id)) ?? '') : ''
}
