import { inWords } from './in-words.ts'

/** What a release lets portal users do with the fields of tasks (project_task.py, PROJECT_TASK_READABLE_FIELDS). */
export type PortalTaskFacts = {
  readonly readable: ReadonlySet<string>
  readonly writable: ReadonlySet<string>
  /** When the sentence of tasks is said: before that of fields for groups, after it, or never: then it is that one. */
  readonly refusal: 'first' | 'last' | 'usual'
  readonly refused: (operation: 'read' | 'write', fields: readonly string[]) => string
}

const writable17 = [
  ...[
    'name',
    'description',
    'partner_id',
    'date_deadline',
    'date_last_stage_update',
    'tag_ids',
    'sequence',
    'stage_id',
  ],
  ...['child_ids', 'parent_id', 'priority', 'state'],
]

const readable17 = [
  ...writable17,
  ...['active', 'allow_milestones', 'closed_subtask_count', 'color', 'company_id', 'create_date', 'date_assign'],
  ...['dependent_ids', 'display_in_project', 'display_name', 'display_parent_task_button', 'displayed_image_id'],
  ...['has_late_and_unreached_milestone', 'id', 'message_is_follower', 'milestone_id', 'portal_user_names'],
  ...['project_id', 'recurring_task', 'subtask_count', 'user_ids', 'write_date'],
]

const readable18 = [
  ...readable17,
  ...['allow_task_dependencies', 'current_user_same_company_partner', 'depend_on_count', 'depend_on_ids'],
  ...['dependent_tasks_count', 'display_follow_button', 'duration_tracking', 'is_closed', 'recurrence_id'],
  ...['recurring_count', 'repeat_interval', 'repeat_type', 'repeat_unit', 'repeat_until', 'email_from'],
]

export const portalTasks17: PortalTaskFacts = {
  readable: new Set(readable17),
  writable: new Set(writable17),
  refusal: 'last',
  refused: (operation, fields) =>
    `You cannot ${operation === 'read' ? 'read' : 'write on'} ${fields.join(', ')} fields in task.`,
}

export const portalTasks18: PortalTaskFacts = {
  readable: new Set([
    ...readable18,
    ...['allow_billable', 'display_sale_order_button', 'sale_line_id', 'sale_order_id'],
  ]),
  writable: new Set([...writable17, 'is_closed']),
  refusal: 'first',
  refused: (operation, fields) =>
    `You cannot ${operation === 'read' ? 'read' : 'write on'} the following fields on tasks: ${inWords(fields)}`,
}

export const portalTasks19: PortalTaskFacts = {
  readable: new Set([
    ...readable18,
    ...['access_token', 'access_url', 'allow_recurring_tasks', 'has_project_template', 'has_template_ancestor'],
    ...['is_template', 'stage_id_color'],
  ]),
  writable: new Set([...writable17, 'color', 'is_closed']),
  refusal: 'usual',
  refused: portalTasks18.refused,
}
