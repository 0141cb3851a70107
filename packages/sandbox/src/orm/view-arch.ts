import type { Orm } from '../engine/contract.ts'
import { missingError, userError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { type ViewFacts, viewsOf } from '../schema/read-views.ts'

/** A view: its layout, and the fields that the web client needs for it. */
export type View = {
  readonly arch: string
  readonly id: number | false
  readonly fields: readonly string[]
}

/**
 * The view of a type. Its fields and title are those of Odoo's own view, the layout is the sandbox's: they stand one below
 * the other. A model without such a view gets the one that Odoo would make up.
 */
export function viewOf(orm: Orm, model: Model, type: string, id: unknown): View {
  const views = viewsOf(orm.engine.version.version, model.name)
  const layout = Object.hasOwn(LAYOUTS, type) ? LAYOUTS[type] : undefined
  if (typeof id === 'number' && id !== 0) {
    const named = Object.entries(views).find(([, view]) => view.id === id)
    if (named === undefined) throw missingError('ir.ui.view', [id], orm.uid)
    return arranged(model, named[0], named[1])
  }
  if (layout === undefined || (LISTS.has(type) && type !== orm.engine.version.listView)) {
    throw userError(`No default view of type '${type}' could be found!`)
  }
  return arranged(model, type, Object.hasOwn(views, type) ? views[type] : undefined)
}

const LISTS: ReadonlySet<string> = new Set(['list', 'tree'])

function arranged(model: Model, type: string, facts: ViewFacts | undefined): View {
  const layout = LAYOUTS[type]
  if (layout === undefined) throw new TypeError(`There is no layout of ${type}`)
  const names = (facts?.fields ?? layout.fields(model)).filter((name) => model.fields.has(name))
  const title = escaped(facts?.string ?? model.label)
  return {
    arch: layout.arch(names.map(fieldTag), title),
    id: facts?.id ?? false,
    fields: [...new Set(layout.all ? model.fields.keys() : [...names, ...(layout.logged ? logged(model) : [])])],
  }
}

type Layout = {
  /** The fields of a view that Odoo makes up. */
  readonly fields: (model: Model) => readonly string[]
  readonly arch: (fields: readonly string[], title: string) => string
  /** Does the client need all fields of the model, or the id and the last change beside those shown? */
  readonly all?: boolean
  readonly logged?: boolean
}

const named = (model: Model): string[] => [model.recName]
const none = (): string[] => []

/** The types of views, with what Odoo makes up for them (odoo 18.0 base/models/ir_ui_view.py, _get_default_*_view). */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  form: {
    fields: (model) => [...model.fields.values()].filter((field) => isShown(field.name)).map((field) => field.name),
    arch: (fields, title) => `<form string="${title}"><sheet><group>${fields.join('')}</group></sheet></form>`,
    logged: true,
  },
  list: { fields: named, arch: (fields, title) => `<list string="${title}">${fields.join('')}</list>`, logged: true },
  tree: { fields: named, arch: (fields, title) => `<tree string="${title}">${fields.join('')}</tree>`, logged: true },
  kanban: {
    fields: named,
    arch: (fields, title) =>
      `<kanban string="${title}"><templates><t t-name="card">${fields.join('')}</t></templates></kanban>`,
    logged: true,
  },
  search: {
    fields: named,
    arch: (fields, title) => `<search string="${title}">${fields.join('')}</search>`,
    all: true,
  },
  pivot: { fields: none, arch: (_fields, title) => `<pivot string="${title}"/>`, all: true },
  graph: { fields: named, arch: (fields, title) => `<graph string="${title}">${fields.join('')}</graph>` },
  activity: {
    fields: named,
    arch: (fields, title) =>
      `<activity string="${title}"><templates><div t-name="activity-box">${fields.join('')}</div></templates></activity>`,
  },
  calendar: {
    fields: () => {
      throw userError('Insufficient fields for Calendar View!')
    },
    arch: (fields, title) => `<calendar string="${title}">${fields.join('')}</calendar>`,
  },
}

const LOG_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'create_uid', 'create_date', 'write_uid', 'write_date', 'display_name'],
])

function isShown(name: string): boolean {
  return !LOG_FIELDS.has(name)
}

/** What the web client asks for so as to notice that a record was changed meanwhile. */
function logged(model: Model): string[] {
  return ['id', 'write_date'].filter((name) => model.fields.has(name))
}

function fieldTag(name: string): string {
  return `<field name="${name}"/>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
