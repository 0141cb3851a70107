import { checkFields } from '../access/check-fields.ts'
import { checkModel } from '../access/check-model.ts'
import { checkRecords } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { keyError, OdooFault } from '../fault/odoo-fault.ts'
import { type Field, isX2many } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { pythonTruth } from '../value/python-text.ts'
import { defaultsOf } from './defaults.ts'
import { insertDraft, setDraft } from './draft-record.ts'
import { type Specification, webRead } from './web-read.ts'

/** What a form sends when a field of it was changed. */
export type Onchange = {
  /** The record behind the form; none for a new one. */
  readonly id: number | undefined
  readonly values: Values
  /** The fields that were changed; none when the form of a new record opens. */
  readonly changed: readonly string[]
  /** What the form shows. */
  readonly specification: Specification
}

/** What the form is to show in place of what it has. */
export type OnchangeResult = { readonly value?: Values }

/**
 * The method `onchange`: tries the values out on a draft and tells what followed from the change, for a new record its
 * defaults (odoo 18.0 addons/web/models/models.py). Nothing of it is kept.
 */
export function onchange(orm: Orm, model: Model, asked: Onchange): OnchangeResult {
  if (asked.changed.some((name) => !model.fields.has(name))) return {}
  const shown = Object.keys(asked.specification).map((name) => {
    const field = model.fields.get(name)
    if (field === undefined) throw keyError(name)
    return field
  })
  if (asked.id !== undefined) checkRecords(orm, model, [asked.id], 'read')
  else if (orm.engine.version.formsNeedCreate) checkModel(orm, model, 'create')
  checkFields(orm, model, shown, 'read')
  return orm.engine.db.savepoint((undo) => {
    undo()
    return { value: tryOut(orm, model, asked, shown) }
  })
}

function tryOut(
  orm: Orm,
  model: Model,
  { id, values, changed, specification }: Onchange,
  shown: readonly Field[],
): Values {
  const all = orm.asSuperuser()
  const draft = id ?? insertDraft(orm, model)
  const opens = changed.length === 0
  const missing = id === undefined ? [...model.fields.values()].filter(({ name }) => !(name in values)) : []
  const given: Values = { ...defaultsOf(orm, model, missing), ...values }
  const read = (): Values => asForm(model, webRead(all, model, [draft], specification)[0] ?? {})
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !changed.includes(name)))
  setDraft(orm, model, draft, others)
  // Worked out before the change, so that only what follows from the change is told.
  if (!opens && id === undefined) follow(orm, model, draft, [...model.fields.keys()])
  const before = read()
  setDraft(orm, model, draft, given)
  const start: Values = { ...before, ...pick(read(), changed) }
  const touched = opens ? [...model.fields.keys()] : changed
  follow(orm, model, draft, touched)
  if (!opens) applyHooks(orm, model, draft, changed)
  const after = read()
  const result: Record<string, unknown> = {}
  for (const field of shown) {
    const { name } = field
    if (isX2many(field)) {
      const commands = listChanges(opens ? [] : start[name], after[name])
      if (commands.length > 0) result[name] = commands
    } else if (opens || JSON.stringify(start[name]) !== JSON.stringify(after[name])) result[name] = after[name]
  }
  return result
}

/** Derived values; one that cannot be worked out of an unfinished record stays away. */
function follow(orm: Orm, model: Model, id: number, names: readonly string[]): void {
  const all = orm.asSuperuser()
  for (const rule of all.engine.behaviours[model.name]?.derived ?? []) {
    if (rule.when.some((name) => names.includes(name))) attempt(() => rule.run(all, [id]))
  }
}

function applyHooks(orm: Orm, model: Model, id: number, changed: readonly string[]): void {
  const all = orm.asSuperuser()
  const hooks = all.engine.behaviours[model.name]?.onchange ?? {}
  for (const name of changed) attempt(() => setDraft(all, model, id, hooks[name]?.(all, id) ?? {}))
}

function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
  }
}

/** A record that has no name yet shows none. */
function asForm(model: Model, record: Values): Values {
  const { display_name: name, id: _id, ...values } = record
  if (name === undefined) return values
  return { ...values, display_name: typeof name === 'string' && !name.startsWith(`${model.name},`) ? name : '' }
}

function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
}

/** Commands that lead from one list of records to another. */
function listChanges(before: unknown, after: unknown): unknown[] {
  const [old, now] = [recordsIn(before), recordsIn(after)]
  const added = [...now].filter(([id]) => !old.has(id)).map(([id, record]) => [4, id, record])
  const removed = [...old].filter(([id]) => !now.has(id)).map(([id]) => [3, id, 0])
  return [...removed, ...added]
}

function recordsIn(list: unknown): Map<number, unknown> {
  const items: readonly unknown[] = Array.isArray(list) && pythonTruth(list) ? list : []
  return new Map(
    items.map((item) => {
      const record: Values = typeof item === 'object' && item !== null ? { ...item } : { id: item }
      return [Number(record.id), record]
    }),
  )
}
