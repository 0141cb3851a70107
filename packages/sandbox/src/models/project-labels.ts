import type { Behaviour, MethodCall } from '../engine/contract.ts'
import { randomColor } from './random-color.ts'

/** Tags of projects and tasks. */
export const projectTags: Behaviour = {
  defaults: { color: randomColor },
  methods: [{ name: 'name_create', on: 'model', params: ['name'], run: findOrCreate }],
}

/** Stages of tasks: one made outside a project is the user's own. */
export const projectTaskType: Behaviour = {
  defaults: { user_id: (orm) => (orm.context.default_project_id === undefined ? orm.uid : false) },
  // A stage of projects is nobody's own.
  beforeCreate: (_orm, values) => (isFilled(values.project_ids) ? { user_id: false, ...values } : values),
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0
}

/** A tag of that name, which is made where there is none (odoo 18.0 project_tags.py, name_create). */
function findOrCreate({ orm, model, args }: MethodCall): unknown {
  const name = typeof args.name === 'string' ? args.name.trim() : args.name
  const [known] = orm.search(model.name, [['name', '=ilike', name]], { limit: 1 })
  const id = known ?? orm.create(model.name, { name })
  return [id, orm.names(model.name, [id]).get(id)]
}
