import { mayUse } from '../../access/check-model.ts'
import type { Behaviour, Orm } from '../../engine/contract.ts'
import type { Model } from '../../schema/model.ts'
import { identifier, sql } from '../../sql/sql-text.ts'
import { modulesOfField } from './describe-fields.ts'

/** The models themselves. */
export const irModel: Behaviour = {
  computed: {
    count: (orm, ids) =>
      byModel(orm, ids, (name) => {
        const model = orm.engine.schema.models.get(name)
        return model === undefined || model.isEmpty ? 0 : rowCount(orm, model)
      }),
    modules: (orm, ids) => byModel(orm, ids, (name) => installedModel(orm, name)?.modules ?? ''),
  },
  methods: [
    { name: 'get_available_models', on: 'model', params: [], run: ({ orm }) => shown(orm, availableModels(orm)) },
    {
      name: 'display_name_for',
      on: 'model',
      params: ['models'],
      run: ({ orm, args }) => {
        const asked = Array.isArray(args.models) ? args.models.map(String) : []
        const available = new Set(availableModels(orm))
        const known = shown(
          orm,
          asked.filter((name) => available.has(name)),
        )
        const others = asked.filter((name) => !available.has(name))
        return [...known, ...others.map((name) => ({ display_name: name, model: name }))]
      },
    },
  ],
}

/** The fields of models. */
export const irModelFields: Behaviour = {
  names: (orm, ids) => {
    const fields = orm.asSuperuser().values('ir.model.fields', ids, ['field_description', 'model'])
    return new Map(
      [...fields].map(([id, { field_description: label, model }]) => [
        id,
        orm.context.hide_model ? String(label) : `${label} (${installedModel(orm, String(model))?.label ?? model})`,
      ]),
    )
  },
  computed: {
    modules: (orm, ids) => {
      const rows = orm.asSuperuser().values('ir.model.fields', ids, ['model', 'name'])
      const { version } = orm.engine.version
      return new Map(
        [...rows].map(([id, { model, name }]) => [
          id,
          modulesOfField(version, String(model), String(name)) ?? installedModel(orm, String(model))?.modules ?? '',
        ]),
      )
    },
    selection: (orm, ids) => new Map(ids.map((id) => [id, choicesText(orm, id)])),
  },
}

/** The choices of a selection field. */
export const irModelFieldsSelection: Behaviour = {
  names: (orm, ids) =>
    new Map(
      [...orm.asSuperuser().values('ir.model.fields.selection', ids, ['name'])].map(([id, { name }]) => [
        id,
        String(name || ''),
      ]),
    ),
}

/** Models with records that an internal user may read (odoo 18.0 web, get_available_models). */
function availableModels(orm: Orm): string[] {
  if (!orm.user().groups.has('base.group_user')) return []
  return orm.engine.installation
    .filter(({ model, transient, abstract }) => !transient && !abstract && mayUse(orm, model, 'read'))
    .map(({ model }) => model)
}

function shown(orm: Orm, models: readonly string[]): { display_name: string; model: string }[] {
  const all = orm.asSuperuser()
  const ids = all.search('ir.model', [['model', 'in', models]])
  const rows = all.values('ir.model', ids, ['name', 'model'])
  return ids.map((id) => ({ display_name: String(rows.get(id)?.name), model: String(rows.get(id)?.model) }))
}

function installedModel(orm: Orm, name: string) {
  return orm.engine.installation.find(({ model }) => model === name)
}

function byModel(orm: Orm, ids: readonly number[], work: (model: string) => unknown): Map<number, unknown> {
  const rows = orm.asSuperuser().values('ir.model', ids, ['model'])
  return new Map([...rows].map(([id, { model }]) => [id, work(String(model))]))
}

function rowCount(orm: Orm, model: Model): number {
  return Number(orm.engine.db.get(sql`SELECT count(*) AS "count" FROM ${identifier(model.table)}`)?.count ?? 0)
}

/** The choices as Python writes them: `[('base', 'Base Object')]`; `false` where there are none. */
function choicesText(orm: Orm, field: number): string | false {
  const rows = orm.engine.db.all(
    sql`SELECT value, name FROM ir_model_fields_selection WHERE field_id = ${field} ORDER BY sequence, id`,
  )
  if (rows.length === 0) return false
  return `[${rows.map(({ value, name }) => `('${value}', '${String(name).replaceAll("'", "\\'")}')`).join(', ')}]`
}
