import type { Method, MethodCall } from '../../engine/contract.ts'
import { button, formOf, pressedOn, windowAction } from './button.ts'

/** The buttons of contacts (odoo 18.0 res_partner.py of base, project and sale). */
export const PARTNER_BUTTONS: readonly Method[] = [
  button('create_company', createCompany),
  button('open_commercial_entity', (call, id) => {
    const top = pressedOn(call, id, ['commercial_partner_id']).commercial_partner_id
    return formOf('res.partner', Number(top || 0), { target: 'current' })
  }),
  button('action_view_tasks', viewTasks, { since: 18 }),
]

/** Makes a company of the name that a contact's company has, and puts the contact below it. */
function createCompany(call: MethodCall, id: number): true {
  const { orm } = call
  const record = pressedOn(call, id, [
    'company_name',
    'vat',
    'street',
    'street2',
    'zip',
    'city',
    'state_id',
    'country_id',
  ])
  const { company_name: name, ...address } = record
  if (name) {
    const company = orm.create('res.partner', { name, is_company: true, ...address })
    orm.write('res.partner', [id], { parent_id: company })
  }
  return true
}

function viewTasks(call: MethodCall, id: number): unknown {
  const { orm } = call
  const name = orm.names('res.partner', [id]).get(id) ?? ''
  const family = orm.search('res.partner', [['id', 'child_of', [id]]])
  const tasks = orm.search('project.task', [['partner_id', 'in', family]])
  const action = windowAction(call, 'project.project_task_action_from_partner', {
    display_name: `${name}'s Tasks`,
    context: { default_partner_id: id },
  })
  if (tasks.length > 1) return { ...action, domain: [['id', 'in', tasks]] }
  const { customerTaskForm } = orm.engine.version.buttons
  return { ...action, res_id: tasks[0] ?? false, views: [[customerTaskForm, 'form']] }
}

/** The buttons of users (odoo 18.0 res_users.py). */
export const USER_BUTTONS: readonly Method[] = [
  button('action_show_groups', (call, id) => {
    return listOf('Groups', 'res.groups', [['id', 'in', groupsOf(call, id)]])
  }),
  button('action_show_rules', (call, id) => ofGroups(call, id, 'Record Rules', 'ir.rule', 'groups')),
  button('action_show_accesses', (call, id) => ofGroups(call, id, 'Access Rights', 'ir.model.access', 'group_id')),
  button('action_open_my_account_settings', (call, id) => {
    const { accountForm, accountTitle } = call.orm.engine.version.buttons
    return {
      name: accountTitle,
      type: 'ir.actions.act_window',
      res_model: 'res.users',
      views: [[accountForm, 'form']],
      res_id: id || false,
    }
  }),
  {
    name: 'preference_save',
    on: 'records',
    params: [],
    run: () => ({ type: 'ir.actions.client', tag: 'reload_context' }),
  },
]

/** What the groups of a user come with. */
function ofGroups(call: MethodCall, id: number, name: string, model: string, field: string): unknown {
  const { orm } = call
  const found = orm.asSuperuser().search(model, [[field, 'in', groupsOf(call, id)]])
  return listOf(name, model, [['id', 'in', found]])
}

/** All groups of a user, those that others imply too. */
function groupsOf(call: MethodCall, id: number): readonly number[] {
  const { groupsAreClosed, groupsField } = call.orm.engine.version
  const field = groupsAreClosed ? groupsField : 'all_group_ids'
  const groups = pressedOn(call, id, [field])[field]
  return Array.isArray(groups) ? groups : []
}

function listOf(name: string, model: string, domain: unknown): unknown {
  return {
    name,
    view_mode: 'list,form',
    res_model: model,
    type: 'ir.actions.act_window',
    context: { create: false, delete: false },
    domain,
    target: 'current',
  }
}

/** The button of companies. */
export const COMPANY_BUTTONS: readonly Method[] = [
  button('action_all_company_branches', (_call, id) => ({
    type: 'ir.actions.act_window',
    name: 'Branches',
    res_model: 'res.company',
    domain: [['parent_id', '=', id]],
    context: { active_test: false, default_parent_id: id },
    views: [
      [false, 'list'],
      [false, 'kanban'],
      [false, 'form'],
    ],
  })),
]
