import type { Method, MethodCall } from '../engine/contract.ts'
import { valueError } from '../fault/odoo-fault.ts'
import { copyRecords } from '../orm/copy.ts'
import { idsToChange, idsToRead, noSingleton } from '../orm/record-ids.ts'
import { resequence } from '../orm/resequence.ts'
import { valuesObject } from '../orm/split-values.ts'
import { parseSpecification, webRead } from '../orm/web-read.ts'

/** The methods of every model that change records. */
export const WRITE_METHODS: readonly Method[] = [
  {
    name: 'create',
    on: 'model',
    params: ['vals_list'],
    run: ({ orm, model, args }) => {
      const given = args.vals_list
      // An object makes one record and answers its id, a list answers a list (odoo 18.0 api.py, call_kw_create).
      if (!Array.isArray(given)) return orm.create(model.name, valuesObject(given))
      return given.map((values) => orm.create(model.name, valuesObject(values)))
    },
  },
  {
    name: 'write',
    on: 'records',
    params: ['vals'],
    run: (call) => {
      const values = valuesObject(call.args.vals)
      call.orm.write(call.model.name, idsToChange(call), values)
      return true
    },
  },
  {
    name: 'unlink',
    on: 'records',
    params: [],
    run: (call) => {
      call.orm.unlink(call.model.name, idsToChange(call))
      return true
    },
  },
  { name: 'copy', on: 'records', params: ['default?'], run: copy },
  { name: 'web_save', on: 'records', params: ['vals', 'specification', 'next_id?'], run: webSave },
  { name: 'web_save_multi', on: 'records', params: ['vals_list', 'specification'], since: 19, run: webSaveMulti },
  { name: 'action_archive', on: 'records', params: [], run: (call) => setActive(call, () => false) },
  { name: 'action_unarchive', on: 'records', params: [], run: (call) => setActive(call, () => true) },
  { name: 'toggle_active', on: 'records', params: [], run: (call) => setActive(call, (active) => !active) },
  {
    name: 'web_resequence',
    on: 'records',
    params: ['specification', 'field_name?', 'offset?'],
    since: 19,
    run: webResequence,
  },
  {
    name: 'name_create',
    on: 'model',
    params: ['name'],
    run: ({ orm, model, args }) => {
      const id = orm.create(model.name, { [model.recName]: args.name })
      return [id, orm.names(model.name, [id]).get(id)]
    },
  },
]

function copy(call: MethodCall): number | number[] {
  const { copiesMany, copyAnswers } = call.orm.engine.version
  const ids = idsToChange(call)
  if (!copiesMany && ids.length !== 1) {
    throw noSingleton(call.model, ids)
  }
  const changes = call.args.default
  const copies = copyRecords(call.orm, call.model, ids, changes ? valuesObject(changes) : {})
  return copyAnswers === 'id' ? (copies[0] ?? 0) : copies
}

/** Writes the records, or makes one where there is none, and reads them (odoo 18.0 web, web_save). */
function webSave(call: MethodCall): unknown[] {
  const { orm, model, args } = call
  const values = valuesObject(args.vals)
  const ids = idsToChange(call)
  if (ids.length === 0) ids.push(orm.create(model.name, values))
  else orm.write(model.name, ids, values)
  const next = args.next_id
  return webRead(orm, model, typeof next === 'number' ? [next] : ids, parseSpecification(args.specification))
}

/** Writes values of its own into each record, and reads them (odoo 19.0 web, web_save_multi). */
function webSaveMulti(call: MethodCall): unknown[] {
  const { orm, model, args } = call
  const ids = idsToChange(call)
  const values = Array.isArray(args.vals_list) ? args.vals_list.map(valuesObject) : []
  if (values.length !== ids.length) throw valueError('Each record must have a corresponding vals entry.')
  for (const [index, id] of ids.entries()) orm.write(model.name, [id], values[index] ?? {})
  return webRead(orm.withContext({ bin_size: true }), model, ids, parseSpecification(args.specification))
}

/** Archives or brings back; answers nothing, as Odoo's methods return None. */
function setActive(call: MethodCall, wanted: (active: boolean) => boolean): void {
  const ids = idsToRead(call)
  for (const [id, { active }] of call.orm.values(call.model.name, ids, ['active'])) {
    if (active !== wanted(active === true)) call.orm.write(call.model.name, [id], { active: wanted(active === true) })
  }
}

/** Numbers the records and reads them; nothing without such a field (odoo 19.0 web, web_resequence). */
function webResequence(call: MethodCall): unknown[] {
  const { orm, model, args } = call
  const field = String(args.field_name ?? 'sequence')
  if (!model.fields.has(field)) return []
  const ids = idsToChange(call)
  resequence(orm, model, ids, field, Number(args.offset ?? 0))
  return webRead(orm, model, ids, parseSpecification(args.specification))
}
