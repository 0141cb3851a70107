import type { Behaviour, MethodCall, Orm } from '../../engine/contract.ts'
import { pythonText } from '../../value/python-text.ts'

const MODEL = 'ir.filters'

/** What a client is told of a filter; a version has those of them that it has. */
const TOLD = [
  ...['name', 'is_default', 'domain', 'context', 'user_id', 'user_ids', 'sort'],
  ...['embedded_action_id', 'embedded_parent_res_id'],
]

/** Searches that people keep: for themselves, or for everybody. */
export const irFilters: Behaviour = {
  methods: [
    {
      name: 'get_filters',
      on: 'model',
      params: ['model', 'action_id?', 'embedded_action_id?', 'embedded_parent_res_id?'],
      run: getFilters,
    },
    {
      name: 'create_or_replace',
      on: 'model',
      params: ['vals'],
      until: 18,
      run: ({ orm, args }) => createOrReplace(orm, { ...(args.vals as Record<string, unknown>) }),
    },
  ],
}

/** The filters of a model for the user (odoo 18.0 ir_filters.py, get_filters). */
function getFilters({ orm, model, args }: MethodCall): unknown[] {
  const owner = ownerField(orm)
  const actions = args.action_id ? [args.action_id, false] : [false]
  const domain = [
    ['model_id', '=', pythonText(args.model)],
    ['action_id', 'in', actions],
    ...['|', [owner, '=', orm.uid], [owner, '=', false]],
  ]
  const ids = orm.search(MODEL, domain)
  const fields = TOLD.filter((name) => model.fields.has(name))
  const records = orm.values(MODEL, ids, fields)
  return ids.map((id) => {
    const values: Record<string, unknown> = { id, ...records.get(id) }
    if (typeof values.user_id === 'number') {
      values.user_id = [values.user_id, orm.asSuperuser().names('res.users', [values.user_id]).get(values.user_id)]
    }
    return values
  })
}

/** Keeps a search under its name, in place of the one that has it. */
function createOrReplace(orm: Orm, values: Record<string, unknown>): number {
  const owner = values.user_id ?? false
  const domain = [
    ['name', '=ilike', pythonText(values.name)],
    ['model_id', '=', values.model_id],
    ['user_id', '=', owner],
    ['action_id', '=', values.action_id ?? false],
  ]
  const [same] = orm.search(MODEL, domain, { activeTest: false })
  if (same === undefined) return orm.create(MODEL, values)
  orm.write(MODEL, [same], values)
  return same
}

/** One user until 18, several from 19 on. */
function ownerField(orm: Orm): string {
  return orm.model(MODEL).fields.has('user_ids') ? 'user_ids' : 'user_id'
}
