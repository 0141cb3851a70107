import type { Orm, Values } from '../../engine/contract.ts'
import { attributeError, OdooFault } from '../../fault/odoo-fault.ts'
import type { Field, FieldType } from '../../schema/field.ts'
import { fieldNamed, type Model } from '../../schema/model.ts'
import { clockText } from '../../time/date-group.ts'
import { clockMs, fromZone, knownZone } from '../../time/zoned-time.ts'
import { toNumber } from '../../value/coerce.ts'
import { parseDay, parseMoment } from '../../value/moment.ts'
import { pythonText, pythonTruth, pythonType } from '../../value/python-text.ts'
import type { RawRecord } from './extract-records.ts'
import { findReference, type Lookup, REFERENCES, referenceIn } from './find-reference.ts'
import { ImportProblem } from './import-message.ts'
import { readBoolean } from './read-boolean.ts'

/** Told of each problem with the field it is about. */
export type Report = (field: Field, problem: ImportProblem) => void

/** Values to write, of the texts of a table. A field with a problem is left out; nothing is unset. */
export function convertRecord(
  orm: Orm,
  model: Model,
  record: RawRecord,
  report: Report,
  settle: Lookup['settle'],
): Values {
  const values: Record<string, unknown> = {}
  for (const [name, value] of record) {
    if (REFERENCES.has(name)) continue
    const field = fieldNamed(model, name)
    if (!pythonTruth(value)) {
      values[name] = false
      continue
    }
    try {
      const warn = (problem: ImportProblem): void => report(field, problem)
      values[name] = CONVERTERS[field.type](value, { orm, field, warn, settle })
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error
      report(field, error)
    }
  }
  return values
}

type Converter = (value: unknown, lookup: Lookup) => unknown

const asItIs: Converter = (value) => value

/** How texts become values, a row a kind of field (odoo 18.0 ir_fields.py). */
const CONVERTERS: Readonly<Record<FieldType, Converter>> = {
  char: asItIs,
  text: asItIs,
  html: asItIs,
  binary: asItIs,
  reference: asItIs,
  boolean: toBoolean,
  integer: (value) =>
    parsed(
      () => Math.trunc(toNumber(value, 'int')),
      `'${shown(value)}' does not seem to be an integer for field '%(field)s'`,
    ),
  many2one_reference: (value) =>
    parsed(
      () => Math.trunc(toNumber(value, 'int')),
      `'${shown(value)}' does not seem to be an integer for field '%(field)s'`,
    ),
  float: toFloat,
  monetary: toFloat,
  date: (value) =>
    parsed(() => parseDay(value), `'${shown(value)}' does not seem to be a valid date for field '%(field)s'`, {
      moreinfo: "Use the format '2012-12-31'",
    }),
  datetime: toMoment,
  selection: toChoice,
  json: toJson,
  properties: toProperties,
  properties_definition: toProperties,
  many2one: (value, lookup) => {
    const { by, value: text } = referenceIn(recordsIn(value)[0] ?? new Map())
    return findReference(lookup, by, textOf(text))
  },
  many2many: (value, lookup) => {
    const { by, value: text } = referenceIn(recordsIn(value)[0] ?? new Map())
    const ids = textOf(text)
      .split(',')
      .map((one) => findReference(lookup, by, one))
    const linked = ids.filter((id) => id !== false)
    return pythonTruth(lookup.orm.context.update_many2many) ? linked.map((id) => [4, id, 0]) : [[6, 0, linked]]
  },
  one2many: toCommands,
}

function shown(value: unknown): string {
  return pythonText(value)
}

function parsed(parse: () => unknown, text: string, details: Readonly<Record<string, unknown>> = {}): unknown {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'builtins.ValueError') throw error
    throw new ImportProblem(text, details)
  }
}

function toFloat(value: unknown): unknown {
  return parsed(() => toNumber(value, 'float'), `'${shown(value)}' does not seem to be a number for field '%(field)s'`)
}

function toBoolean(value: unknown, { warn }: Lookup): boolean {
  const read = readBoolean(textOf(value))
  if (read === undefined) {
    const details = { moreinfo: "Use '1' for yes and '0' for no" }
    warn(new ImportProblem(`Unknown value '${shown(value)}' for boolean field '%(field)s'`, details))
  }
  return read ?? true
}

/** Times of a table are those of the user's clock. */
function toMoment(value: unknown, { orm }: Lookup): unknown {
  const text = `'${shown(value)}' does not seem to be a valid datetime for field '%(field)s'`
  const moment = parsed(() => parseMoment(value), text, { moreinfo: "Use the format '2012-12-31 23:59:59'" })
  const own = orm.asSuperuser().values('res.users', [orm.uid], ['tz']).get(orm.uid)?.tz
  return typeof moment === 'string' ? clockText(fromZone(clockMs(moment), knownZone(orm.context.tz || own))) : moment
}

function toChoice(value: unknown, { field }: Lookup): string {
  const wanted = textOf(value).toLowerCase()
  const choices = field.selection ?? []
  const found = choices.find(([key, label]) => key.toLowerCase() === wanted || label.toLowerCase() === wanted)
  if (found !== undefined) return found[0]
  const labels = choices.map(([key, label]) => label || key)
  throw new ImportProblem(`Value '${shown(value)}' not found in selection field '%(field)s'`, { moreinfo: labels })
}

function toJson(value: unknown): unknown {
  try {
    return JSON.parse(textOf(value))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ImportProblem(`'${shown(value)}' does not seem to be a valid JSON for field '%(field)s'`, {})
  }
}

function toProperties(): never {
  const text = "Unable to import'%(field)s' Properties field as a whole, target individual property instead."
  throw new ImportProblem(text, {})
}

/** Records of a one2many: those named are linked and changed, the others made. */
function toCommands(value: unknown, lookup: Lookup): unknown[] {
  const { orm, field, warn, settle } = lookup
  const target = orm.model(field.relation ?? '')
  return eachRecord(recordsIn(value)).flatMap((record) => {
    const report: Report = (inner, problem) => {
      if (problem.type === 'warning') return warn(problem)
      const text = problem.message.replace('%(field)s', `%(field)s/${inner.label}`)
      throw new ImportProblem(text, problem.details)
    }
    const values = convertRecord(orm, target, record, report, settle)
    const refs = new Map([...record].filter(([name]) => REFERENCES.has(name)))
    if (refs.size === 0) return [[0, 0, values]]
    const { by, value: text } = referenceIn(refs)
    const id = findReference(lookup, by, textOf(text))
    return id === false
      ? [[0, 0, values]]
      : [
          [4, id, 0],
          [1, id, values],
        ]
  })
}

/** A single record with nothing but a reference may name several, with commas between them. */
function eachRecord(records: readonly RawRecord[]): readonly RawRecord[] {
  const [only] = records
  if (records.length !== 1 || only === undefined || [...only.keys()].some((name) => !REFERENCES.has(name)))
    return records
  const { by, value } = referenceIn(only)
  return textOf(value)
    .split(',')
    .map((one) => new Map([[by, one]]))
}

function recordsIn(value: unknown): readonly RawRecord[] {
  return Array.isArray(value) ? value : []
}

/** Python's converters of text fail on anything else. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') throw attributeError(`'${pythonType(value)}' object has no attribute 'lower'`)
  return value
}
