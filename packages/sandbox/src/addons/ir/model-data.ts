import { permittedIds } from '../../access/check-records.ts'
import type { Behaviour, Consequence, MethodCall, Orm } from '../../engine/contract.ts'
import { accessError, valueError } from '../../fault/odoo-fault.ts'
import { externalIdNamed } from '../../orm/external-ids.ts'
import { listOf, sql } from '../../sql/sql-text.ts'
import { pythonText, pythonTruth } from '../../value/python-text.ts'

const MODEL = 'ir.model.data'

/** External names of records: `base.be` is the country 20. */
export const irModelData: Behaviour = {
  names: (orm, ids) => {
    const named = orm.asSuperuser().values(MODEL, ids, ['module', 'name', 'model', 'res_id'])
    return new Map(
      [...named].map(([id, { module, name, model, res_id: record }]) => {
        const known = typeof model === 'string' && orm.engine.schema.models.has(model) && typeof record === 'number'
        const shown = known ? orm.asSuperuser().names(model, [record]).get(record) : undefined
        return [id, shown || fullName(module, name)]
      }),
    )
  },
  computed: {
    complete_name: (orm, ids) =>
      new Map(
        [...orm.asSuperuser().values(MODEL, ids, ['module', 'name'])].map(([id, { module, name }]) => [
          id,
          fullName(module, name),
        ]),
      ),
    reference: (orm, ids) =>
      new Map(
        [...orm.asSuperuser().values(MODEL, ids, ['model', 'res_id'])].map(([id, { model, res_id: record }]) => [
          id,
          `${model},${record}`,
        ]),
      ),
  },
  methods: [
    {
      name: 'check_object_reference',
      on: 'model',
      params: ['module', 'xml_id', 'raise_on_access_error?'],
      run: checkObjectReference,
    },
  ],
}

/** External names go with the records that they stand for. */
export const forgetNames: Consequence = {
  deleted(orm, model, ids) {
    if (model.name === MODEL) return
    orm.engine.db.run(sql`DELETE FROM ir_model_data WHERE model = ${model.name} AND res_id IN ${listOf(ids)}`)
  },
}

function fullName(module: unknown, name: unknown): string {
  return [module, name].filter(Boolean).map(String).join('.')
}

/** Model and id of a name, if the user may read the record; else its model and `false` (odoo 18.0 ir_model.py). */
function checkObjectReference({ orm, args }: MethodCall): [string, number | false] {
  const xmlid = `${pythonText(args.module)}.${pythonText(args.xml_id)}`
  const found = externalIdNamed(orm, xmlid)
  if (found === undefined) throw valueError(`External ID not found in the system: ${xmlid}`)
  if (mayFind(orm, found.model, found.resId)) return [found.model, found.resId]
  if (pythonTruth(args.raise_on_access_error)) {
    throw accessError(`Not enough access rights on the external ID "${xmlid}"`)
  }
  return [found.model, false]
}

function mayFind(orm: Orm, model: string, id: number): boolean {
  const target = orm.engine.schema.models.get(model)
  if (target === undefined) return false
  return orm.search(model, [['id', '=', id]]).length > 0 && permittedIds(orm, target, [id], 'read').length > 0
}
