import { checkModel } from '../../access/check-model.ts'
import type { Behaviour, Orm } from '../../engine/contract.ts'
import { systemParameter } from '../../engine/system-parameter.ts'
import { validationError } from '../../fault/odoo-fault.ts'
import { pythonText } from '../../value/python-text.ts'

/** Parameters that every database has: they keep their key and are never deleted (odoo 18.0 ir_config_parameter.py). */
const PERMANENT = new Set([
  'database.secret',
  'database.uuid',
  'database.create_date',
  'web.base.url',
  'base.login_cooldown_after',
  'base.login_cooldown_duration',
])

/** System parameters, which are texts by key. */
export const irConfigParameter: Behaviour = {
  beforeWrite: (orm, ids, values) => {
    const kept = 'key' in values ? permanentKeys(orm, ids) : []
    if (kept.length > 0) {
      throw validationError(`You cannot rename config parameters with keys ${kept.join(', ')}`)
    }
    return values
  },
  beforeUnlink: (orm, ids) => {
    const [kept] = permanentKeys(orm, ids)
    if (kept !== undefined) throw validationError(`You cannot delete the ${kept} record.`)
  },
  methods: [
    {
      name: 'get_param',
      on: 'model',
      params: ['key', 'default?'],
      run: ({ orm, model, args }) => {
        checkModel(orm, model, 'read')
        return systemParameter(orm.engine, pythonText(args.key)) || (args.default ?? false)
      },
    },
    {
      name: 'set_param',
      on: 'model',
      params: ['key', 'value'],
      run: ({ orm, args }) => setParameter(orm, args.key, args.value),
    },
  ],
}

/** Sets a parameter, or deletes it for `false` and null; answers what it was. */
function setParameter(orm: Orm, key: unknown, value: unknown): string | false {
  const model = 'ir.config_parameter'
  const ids = orm.search(model, [['key', '=', key]])
  const unset = value === false || value === null
  if (ids.length === 0) {
    if (!unset) orm.create(model, { key, value })
    return false
  }
  const old = systemParameter(orm.engine, pythonText(key)) ?? ''
  if (unset) orm.unlink(model, ids)
  else if (pythonText(value) !== old) orm.write(model, ids, { value })
  return old
}

function permanentKeys(orm: Orm, ids: readonly number[]): string[] {
  const records = orm.asSuperuser().values('ir.config_parameter', ids, ['key'])
  return [...records.values()].map(({ key }) => String(key)).filter((key) => PERMANENT.has(key))
}
