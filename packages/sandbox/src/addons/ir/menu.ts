import { mayUse } from '../../access/check-model.ts'
import { groupId } from '../../access/group-names.ts'
import type { Behaviour, Orm, Values } from '../../engine/contract.ts'

const MODEL = 'ir.ui.menu'
const LEVELS = 6

/** Menus. Until 18 a search finds those that the user would see. */
export const irUiMenu: Behaviour = {
  names: fullNames,
  computed: { complete_name: fullNames },
  narrowed: (orm) => {
    if (orm.superuser || !orm.engine.version.hidesMenus || orm.context['ir.ui.menu.full_list']) return []
    return [['id', 'in', visibleMenus(orm)]]
  },
}

/** `Settings/Users & Companies/Users` (odoo 18.0 ir_ui_menu.py, _get_full_name). */
function fullNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const all = orm.asSuperuser()
  const menus = new Map(all.values(MODEL, ids, ['name', 'parent_id']))
  const nameOf = (id: number, level: number): string => {
    if (level <= 0) return '...'
    const menu = menus.get(id) ?? all.values(MODEL, [id], ['name', 'parent_id']).get(id)
    if (menu === undefined) return ''
    menus.set(id, menu)
    const name = String(menu.name || '')
    return typeof menu.parent_id === 'number' ? `${nameOf(menu.parent_id, level - 1)}/${name}` : name
  }
  return new Map([...menus.keys()].map((id) => [id, nameOf(id, LEVELS)]))
}

/** The field that tells what model an action is about. */
const MODEL_FIELDS: Readonly<Record<string, string>> = {
  'ir.actions.act_window': 'res_model',
  'ir.actions.report': 'model',
  'ir.actions.server': 'model_name',
}

/**
 * Menus for everybody or one of the user's groups, whose action is about a model that the user may read, with all the
 * menus above them (odoo 18.0 ir_ui_menu.py, _visible_menu_ids).
 */
function visibleMenus(orm: Orm): number[] {
  const all = orm.asSuperuser().withContext({ 'ir.ui.menu.full_list': true })
  const groupsField = all.model(MODEL).fields.has('group_ids') ? 'group_ids' : 'groups_id'
  const ids = all.search(MODEL, [])
  const menus = all.values(MODEL, ids, ['action', 'parent_id', groupsField])
  const groups = groupNumbers(orm)
  const open = new Map([...menus].filter(([, menu]) => isOpen(menu[groupsField], groups)))
  const visible = new Set<number>()
  for (const [id, menu] of open) {
    if (typeof menu.action === 'string' && mayRun(orm, menu.action)) showWithParents(id, open, visible)
  }
  return [...visible]
}

function isOpen(menuGroups: unknown, own: ReadonlySet<number>): boolean {
  if (!Array.isArray(menuGroups) || menuGroups.length === 0) return true
  return menuGroups.some((group) => own.has(Number(group)))
}

function mayRun(orm: Orm, action: string): boolean {
  const [type = '', id] = action.split(',')
  const model = orm.engine.schema.models.get(type)
  if (model === undefined) return false
  const field = MODEL_FIELDS[type]
  const all = orm.asSuperuser()
  const values = all.values(type, [Number(id)], field === undefined ? [] : [field]).get(Number(id))
  if (values === undefined) return false
  const about = field === undefined ? '' : values[field]
  return typeof about !== 'string' || about === '' || mayUse(orm, about, 'read')
}

/** Shows a menu and those above it, up to the first that is hidden. */
function showWithParents(id: number, open: ReadonlyMap<number, Values>, visible: Set<number>): void {
  let at: unknown = id
  while (typeof at === 'number' && open.has(at) && !visible.has(at)) {
    visible.add(at)
    at = open.get(at)?.parent_id
  }
}

/** The groups of the user, without the one of technical features, which counts in debug mode only. */
function groupNumbers(orm: Orm): Set<number> {
  const names = [...orm.user().groups].filter((name) => name !== 'base.group_no_one')
  return new Set(names.map((name) => groupId(orm.engine, name)).filter((id) => id !== undefined))
}
