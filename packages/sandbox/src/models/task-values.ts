import type { Orm, Values } from '../engine/contract.ts'
import { userError, validationError } from '../fault/odoo-fault.ts'
import { momentText } from '../value/moment.ts'

const MODEL = 'project.task'
const KEPT_STATES = new Set(['1_done', '1_canceled', '04_waiting_normal'])

/** What a new task gets besides what it is given: the project above it, a stage, a customer and moments. */
export function newTaskValues(orm: Orm, given: Values): Values {
  const { subtasksAreUnassigned } = orm.engine.version.tasks
  const now = momentText(orm.engine.nowMs())
  const values: Record<string, unknown> = { ...given, ...placeOfSubtask(orm, given) }
  if (hasWorkers(given.user_ids) && !('date_assign' in values)) values.date_assign = now
  const project = values.project_id ?? orm.context.default_project_id
  if (typeof project === 'number') {
    if (!('stage_id' in values)) values.stage_id = firstStage(orm, project)
    if (!('partner_id' in values)) values.partner_id = customerOf(orm, project)
  }
  if (values.stage_id && !('date_last_stage_update' in values)) values.date_last_stage_update = now
  if (subtasksAreUnassigned && given.parent_id && !('user_ids' in given)) values.user_ids = []
  return values
}

/** What follows from a change of stage, project or place; refuses a task above itself. */
export function changedTaskValues(orm: Orm, ids: readonly number[], given: Values): Values {
  if (typeof given.parent_id === 'number' && ids.includes(given.parent_id)) {
    throw userError("Sorry. You can't set a task as its parent task.")
  }
  const moved = 'project_id' in given ? valuesOfProject(orm, ids, given) : {}
  const values = { ...moved, ...given }
  if (!('stage_id' in values)) return values
  if (!('state' in values)) startAgain(orm, ids)
  const now = momentText(orm.engine.nowMs())
  return { date_last_stage_update: now, date_end: isFolded(orm, values.stage_id) ? now : false, ...values }
}

/** Another stage is a new start: a task that is not done and does not wait goes on. */
function startAgain(orm: Orm, ids: readonly number[]): void {
  for (const [id, { state }] of orm.values(MODEL, ids, ['state'])) {
    if (!KEPT_STATES.has(String(state))) orm.store(MODEL, id, { state: '01_in_progress' })
  }
}

/** A task below another lies in the same project. */
function placeOfSubtask(orm: Orm, given: Values): Values {
  const { subtaskWithoutProject, subtaskShows } = orm.engine.version.tasks
  const showing = orm.model(MODEL).fields.has('display_in_project')
  const shows = (value: boolean): Values =>
    showing && !('display_in_project' in given) ? { display_in_project: value } : {}
  if (typeof given.parent_id !== 'number') return shows(true)
  const above = orm.values(MODEL, [given.parent_id], ['project_id']).get(given.parent_id)?.project_id ?? false
  const named = given.project_id ?? orm.context.default_project_id
  if (named) return shows(subtaskShows === 'when_named' || named !== above)
  if (subtaskWithoutProject === 'refused') {
    throw validationError('The operation cannot be completed: A private task cannot have a parent.')
  }
  return { project_id: above, ...shows(false) }
}

/** Another project has other stages, and a customer; without one there is neither. */
function valuesOfProject(orm: Orm, ids: readonly number[], { project_id: project }: Values): Values {
  const { parentStays } = orm.engine.version.tasks
  const tasks = [...orm.values(MODEL, ids, ['project_id', 'stage_id', 'partner_id', 'parent_id', 'child_ids']).values()]
  if (typeof project !== 'number') {
    const bound = tasks.some((task) => task.parent_id || (Array.isArray(task.child_ids) && task.child_ids.length > 0))
    if (bound && parentStays !== undefined) throw validationError(parentStays)
    return { stage_id: false }
  }
  if (tasks.every((task) => task.project_id === project)) return {}
  const stages = orm.asSuperuser().search('project.task.type', [['project_ids', 'in', [project]]])
  const kept = tasks.every(({ stage_id: stage }) => typeof stage === 'number' && stages.includes(stage))
  const withoutCustomer = tasks.every((task) => !task.partner_id)
  return {
    ...(kept ? {} : { stage_id: stages[0] ?? false }),
    ...(withoutCustomer ? { partner_id: customerOf(orm, project) } : {}),
  }
}

function customerOf(orm: Orm, project: number): unknown {
  return orm.asSuperuser().values('project.project', [project], ['partner_id']).get(project)?.partner_id ?? false
}

/** The first stage of a project, where there is one. */
export function firstStage(orm: Orm, project: unknown): number | false {
  if (typeof project !== 'number') return false
  return orm.asSuperuser().search('project.task.type', [['project_ids', 'in', [project]]], { limit: 1 })[0] ?? false
}

function isFolded(orm: Orm, stage: unknown): boolean {
  return typeof stage === 'number' && orm.values('project.task.type', [stage], ['fold']).get(stage)?.fold === true
}

function hasWorkers(commands: unknown): boolean {
  return (
    Array.isArray(commands) &&
    commands.some((command) =>
      Array.isArray(command)
        ? command[0] === 4 || (command[0] === 6 && Array.isArray(command[2]) && command[2].length > 0)
        : typeof command === 'number',
    )
  )
}
