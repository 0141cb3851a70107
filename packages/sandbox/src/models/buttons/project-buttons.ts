import { checkRules } from '../../access/check-records.ts'
import type { Method, MethodCall } from '../../engine/contract.ts'
import { button, contextOf, pressedOn, windowAction } from './button.ts'

const TASKS = 'project.act_project_project_2_project_task_all'

/** The buttons of projects that show something else (odoo 18.0 project_project.py). */
export const PROJECT_BUTTONS: readonly Method[] = [
  button('action_view_tasks', viewTasks),
  button('action_view_tasks_analysis', (call, id) =>
    named(call, id, 'project.action_project_task_user_tree', "'s Tasks Analysis", {
      search_default_project_id: id || false,
    }),
  ),
  button('action_project_task_burndown_chart_report', (call, id) =>
    named(call, id, 'project.action_project_task_burndown_chart_report', "'s Burndown Chart", {
      stage_name_and_sequence_per_id: stagesOf(call, id),
    }),
  ),
  button('project_update_all_action', (call, id) =>
    windowAction(call, 'project.project_update_all_action', {
      display_name: `${nameOf(call, id)}${call.orm.engine.version.buttons.updatesOf}`,
    }),
  ),
  button('action_view_all_rating', (call, id) =>
    windowAction(call, 'project.rating_rating_action_view_project_rating', {
      display_name: `${nameOf(call, id)}'s Rating`,
      domain: [
        ['consumed', '=', true],
        ['parent_res_model', '=', 'project.project'],
        ['parent_res_id', '=', id],
      ],
      context: ratingsContext(call),
    }),
  ),
  button('action_get_list_view', viewMilestones),
  button(
    'action_open_share_project_wizard',
    (call, id) =>
      windowAction(call, 'project.project_share_wizard_action', {
        context: {
          default_template_id: false,
          default_email_layout_xmlid: 'mail.mail_notification_light',
          active_id: id,
          active_model: 'project.project',
        },
      }),
    { since: 18 },
  ),
]

function viewTasks(call: MethodCall, id: number): unknown {
  const { orm, model } = call
  const record = pressedOn(call, id, ['name', 'active', 'allow_milestones', 'allow_task_dependencies'])
  if (id !== 0) checkRules(orm, model, [id], 'read')
  const active = record.active === true
  return windowAction(call, TASKS, {
    display_name: record.name,
    context: {
      ...contextOf(call, TASKS, id),
      create: active,
      active_test: active,
      ...moreOnTasks(call, id),
    },
  })
}

/** What a release tells the list of tasks besides: whether there is a customer to show, or what the project allows. */
function moreOnTasks(call: MethodCall, id: number): Record<string, unknown> {
  switch (call.orm.engine.version.buttons.tasksAreTold) {
    case 'billable':
      return { hide_partner: pressedOn(call, id, ['allow_billable']).allow_billable !== true }
    case 'allowances': {
      const fields = ['allow_milestones', 'allow_task_dependencies']
      return { active_id: id || false, ...pressedOn(call, id, fields) }
    }
    case 'nothing':
      return {}
  }
}

function named(call: MethodCall, id: number, xmlid: string, ending: string, more: Record<string, unknown>): unknown {
  return windowAction(call, xmlid, {
    display_name: `${nameOf(call, id)}${ending}`,
    context: { ...contextOf(call, xmlid, id), ...more },
  })
}

function viewMilestones(call: MethodCall, id: number): unknown {
  const { milestoneViews } = call.orm.engine.version.buttons
  const name = `${nameOf(call, id)}'s Milestones`
  if (milestoneViews === undefined)
    return windowAction(call, 'project.project_milestone_action', { display_name: name })
  return {
    type: 'ir.actions.act_window',
    name,
    domain: [['project_id', '=', id]],
    res_model: 'project.milestone',
    views: milestoneViews,
    view_mode: 'list',
    help: MILESTONES_HELP,
    context: { default_project_id: id },
  }
}

const MILESTONES_HELP = `
                <p class="o_view_nocontent_smiling_face">
                    No milestones found. Let's create one!
                </p><p>
                    Track major progress points that must be reached to achieve success.
                </p>
            `

function ratingsContext({ orm }: MethodCall): Record<string, unknown> {
  return orm.engine.version.buttons.ratingsOfLastMonth
}

/** The stages of a project by id, with the place and name that the chart shows them by. */
function stagesOf({ orm }: MethodCall, id: number): Record<string, unknown> {
  const stages = orm.search('project.task.type', [['project_ids', 'in', [id]]])
  const records = orm.values('project.task.type', stages, ['name', 'sequence'])
  return Object.fromEntries([...records].map(([stage, { name, sequence }]) => [stage, { sequence, name }]))
}

function nameOf(call: MethodCall, id: number): unknown {
  return pressedOn(call, id, ['name']).name
}
