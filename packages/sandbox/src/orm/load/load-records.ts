import { existingIds } from '../../access/check-records.ts'
import type { Orm, Values } from '../../engine/contract.ts'
import { IntegrityFault } from '../../fault/integrity-fault.ts'
import { databaseError, OdooFault, validationError } from '../../fault/odoo-fault.ts'
import { fieldNamed, type Model } from '../../schema/model.ts'
import { pythonText, pythonTruth } from '../../value/python-text.ts'
import { nameOfField } from '../check-targets.ts'
import { splitPath } from '../export-rows.ts'
import { externalIdNamed, makeExternalId } from '../external-ids.ts'
import { searchIds } from '../search.ts'
import { convertRecord, type Report } from './convert-record.ts'
import { type Extracted, extractRecords } from './extract-records.ts'
import { fullName, type Lookup } from './find-reference.ts'
import type { ImportMessage, RowSpan } from './import-message.ts'

/** What an import came to: the ids in order, or `false` when a single record failed, and what is to say. */
export type LoadResult = {
  readonly ids: readonly number[] | false
  readonly messages: readonly ImportMessage[]
  readonly nextrow: number
}

/**
 * The method `load`: makes and changes records from a table of texts; all of them or none. A column `id` holds external
 * ids, `.id` ids (odoo 18.0 models.py, load).
 */
export function loadRecords(orm: Orm, model: Model, columns: readonly string[], table: readonly unknown[]): LoadResult {
  const paths = columns.map(splitPath)
  const messages: ImportMessage[] = []
  const made = modelsMade(orm, model, paths)
  const ids = orm.engine.db.savepoint((undo) => {
    const saved: number[] = []
    const batch: Pending[] = []
    const flush = (): void => void saved.push(...saveAll(orm, model, batch.splice(0), messages))
    const settle = (target: Model): void => {
      if (made.has(target.name)) flush()
    }
    for (const [record, one] of extractRecords(orm, model, paths, table).entries()) {
      batch.push(pendingRecord(orm, model, one, record, messages, settle))
    }
    flush()
    if (!messages.some(({ type }) => type === 'error')) return saved
    undo()
    return false
  })
  return { ids, messages, nextrow: 0 }
}

/** The models of which the table makes records: its own, and those of one2many columns. */
function modelsMade(orm: Orm, model: Model, paths: readonly (readonly string[])[]): Set<string> {
  const made = new Set([model.name])
  for (const path of paths) {
    let here = model
    for (const name of path) {
      const field = here.fields.get(name)
      if (field?.type !== 'one2many') break
      here = orm.model(field.relation ?? '')
      made.add(here.name)
    }
  }
  return made
}

/** A record that waits to be written. */
type Pending = {
  readonly externalId: string | undefined
  readonly id: number | undefined
  readonly values: Values
  readonly info: { readonly rows: RowSpan; readonly record: number }
}

function pendingRecord(
  orm: Orm,
  model: Model,
  { record: raw, rows }: Extracted,
  record: number,
  messages: ImportMessage[],
  settle: Lookup['settle'],
): Pending {
  const id = raw.get('.id')
  const known = pythonTruth(id) ? knownId(orm, model, id) : undefined
  if (pythonTruth(id) && known === undefined) {
    messages.push({
      rows,
      type: 'error',
      record,
      field: '.id',
      message: `Unknown database identifier '${pythonText(id)}'`,
    })
  }
  const report: Report = (field, problem) => {
    const message = problem.message.replaceAll('%(field)s', field.label)
    const details = problem.details === undefined ? {} : { ...problem.details, field_name: field.label }
    messages.push({ rows, type: problem.type, record, field: field.name, message, ...details })
  }
  const values = convertRecord(orm, model, raw, report, settle)
  const name = raw.get('id')
  const externalId = pythonTruth(name) ? fullName(orm, pythonText(name)) : undefined
  return { externalId, id: known, values, info: { rows, record } }
}

function knownId(orm: Orm, model: Model, value: unknown): number | undefined {
  const text = pythonText(value)
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: "${text}"\n`)
  }
  return searchIds(orm, model, [['id', '=', Number(text)]])[0]
}

/** How many errors are told before an import gives up, if they are more than one in ten. */
const ERRORS_MAX = 10

/** All at once; when that fails, one by one, to say which ones it are. */
function saveAll(orm: Orm, model: Model, batch: readonly Pending[], messages: ImportMessage[]): number[] {
  if (batch.length === 0) return []
  const { db } = orm.engine
  let first: ImportMessage | undefined
  try {
    return db.savepoint(() => batch.map((pending) => saveRecord(orm, model, pending)))
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    const [pending] = batch
    if (isRefusal(error)) first = { ...pending?.info, type: 'error', message: error.message }
  }
  const ids: number[] = []
  let errors = 0
  for (const [index, pending] of batch.entries()) {
    try {
      ids.push(db.savepoint(() => saveRecord(orm, model, pending)))
    } catch (error) {
      if (!(error instanceof OdooFault)) throw error
      messages.push({ ...pending.info, type: 'error', ...errorOf(orm, model, error) })
      errors += 1
    }
    if (errors >= ERRORS_MAX && errors >= (index + 1) / 10) {
      const message =
        'Found more than 10 errors and more than one error per 10 records, interrupted to avoid showing too many errors.'
      messages.push({ type: 'warning', message })
      break
    }
  }
  const told =
    first === undefined || messages.some((one) => one.message === first.message && one.record === first.record)
  if (errors > 0 && first !== undefined && !told) messages.unshift(first)
  return ids
}

function saveRecord(orm: Orm, model: Model, { externalId, id, values }: Pending): number {
  const known = externalId === undefined ? undefined : externalIdNamed(orm, externalId)
  if (known !== undefined && known.model !== model.name) {
    throw validationError(
      `For external id ${externalId} when trying to create/update a record of model ${model.name} ` +
        `found record of different model ${known.model} (${known.id})`,
    )
  }
  const there = known !== undefined && existingIds(orm, model, [known.resId]).has(known.resId)
  const target = there ? known.resId : id
  if (target !== undefined) {
    orm.write(model.name, [target], values)
    return target
  }
  const made = orm.create(model.name, values)
  if (known !== undefined) orm.asSuperuser().unlink('ir.model.data', [known.id])
  if (externalId !== undefined) makeExternalId(orm, model, made, externalId)
  return made
}

const REFUSED = 'The operation cannot be completed:'

/** Is it one of Odoo's own refusals, and none of the database? */
function isRefusal(error: OdooFault): boolean {
  return error.exception.startsWith('odoo.exceptions.') && !error.message.startsWith(REFUSED)
}

function errorOf(orm: Orm, model: Model, error: OdooFault): Record<string, unknown> {
  const { say } = orm.engine.version
  const violation = error instanceof IntegrityFault ? error.violation : undefined
  if (violation?.kind === 'required') {
    const at = nameOfField(model, fieldNamed(model, violation.field))
    return { message: say.importRequired(at), field: violation.field }
  }
  if (violation?.kind === 'unique') {
    const [field, ...others] = violation.fields
    const labels = violation.fields.map((name) => fieldNamed(model, name).label)
    const message = say.importUnique(violation.fields, labels, violation.sentence)
    return { message, ...(others.length === 0 ? { field } : {}) }
  }
  if (isRefusal(error)) return { message: error.message }
  if (error.message.startsWith(REFUSED)) return { message: say.importCheck(error.message.slice(REFUSED.length).trim()) }
  const type = `<class '${error.exception.replace('builtins.', '')}'>`
  return {
    message: `Unknown error during import: ${type}: ${error.message}`,
    moreinfo: 'Resolve other errors first',
  }
}
