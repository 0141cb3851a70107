import type { Method, MethodCall } from '../../engine/contract.ts'
import { button, formOf, pressedOn, windowAction } from './button.ts'

const TASK = 'project.task'
const ALL_VIEWS = 'list,form,kanban,calendar,pivot,graph,activity'

/** The buttons of tasks that show something else (odoo 18.0 project_task.py). */
export const TASK_BUTTONS: readonly Method[] = [
  button('action_open_task', (_call, id) => formOf(TASK, id, { context: {} })),
  button('action_convert_to_subtask', ({ orm }, id) => ({
    name: 'Convert to Task/Sub-Task',
    type: 'ir.actions.act_window',
    res_model: TASK,
    res_id: id || false,
    views: [[orm.engine.version.buttons.convertTaskForm, 'form']],
    target: 'new',
  })),
  button('action_convert_to_task', convertToTask),
  button('action_open_parent_task', (call, id) =>
    formOf(TASK, parentOf(call, id), { name: 'Parent Task', context: {} }),
  ),
  button('action_recurring_tasks', () => ({
    name: 'Tasks in Recurrence',
    type: 'ir.actions.act_window',
    res_model: TASK,
    view_mode: ALL_VIEWS,
    context: { create: false },
    // The sandbox's tasks do not recur.
    domain: [['recurrence_id', 'in', []]],
  })),
  button('action_dependent_tasks', dependentTasks),
  button('action_open_ratings', (call) => windowAction(call, 'project.rating_rating_action_task')),
  button('action_project_sharing_open_task', ({ orm }, id) =>
    formOf(TASK, id, { context: {}, views: [[orm.engine.version.buttons.sharedTaskForm, 'form']] }),
  ),
  button('action_project_sharing_view_parent_task', (call, id) => {
    const { sharedTaskForm, sharedTaskSearch } = call.orm.engine.version.buttons
    return formOf(TASK, parentOf(call, id), {
      name: 'Parent Task',
      context: { search_view_ref: 'project.project_sharing_project_task_view_search' },
      views: [[sharedTaskForm, 'form']],
      search_view_id: sharedTaskSearch,
    })
  }),
]

function parentOf(call: MethodCall, id: number): number {
  const parent = pressedOn(call, id, ['parent_id']).parent_id
  return typeof parent === 'number' ? parent : 0
}

/** A task below another comes to stand by itself, in the project that it shows in. */
function convertToTask(call: MethodCall, id: number): unknown {
  pressedOn(call, id, ['parent_id'])
  call.orm.write(TASK, [id], { parent_id: false })
  return formOf(TASK, id)
}

/** The tasks that wait for this one: the list, or the task itself where there is a single one. */
function dependentTasks(call: MethodCall, id: number): unknown {
  const waiting = pressedOn(call, id, ['dependent_ids']).dependent_ids
  const action = {
    res_model: TASK,
    type: 'ir.actions.act_window',
    context: {
      default_depend_on_ids: [[4, id, 0]],
      show_project_update: false,
      ...(call.orm.engine.version.buttons.dependentsAreOpen ? { search_default_open_tasks: true } : {}),
    },
    domain: [['depend_on_ids', '=', id]],
  }
  const [only, another] = Array.isArray(waiting) ? waiting : []
  if (only === undefined || another !== undefined) return { ...action, name: 'Dependent Tasks', view_mode: ALL_VIEWS }
  return { ...action, view_mode: 'form', res_id: only, views: [[false, 'form']] }
}
