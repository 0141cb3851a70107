import type { Behaviour, Orm, Values } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import { TASK_BUTTONS } from './buttons/task-buttons.ts'
import { following } from './following.ts'
import { checkNoLoop } from './hierarchy.ts'
import { derivePersonalStages, ownPersonalStages } from './personal-stages.ts'
import { CLOSED_STATES } from './project-project.ts'
import { personalStages, stagesOfTasks } from './shown-stages.ts'
import { checkDependencies } from './task-dependencies.ts'
import { changedTaskValues, firstStage, newTaskValues } from './task-values.ts'

/** Tasks: they start in the first stage of their project and for its customer; who works on one follows it. */
export const projectTask: Behaviour = {
  computed: {
    is_closed: (orm, ids) => eachTask(orm, ids, ['state'], ({ state }) => CLOSED_STATES.includes(String(state))),
    subtask_count: (orm, ids) => eachTask(orm, ids, ['child_ids'], ({ child_ids: list }) => idsOf(list).length),
    closed_subtask_count: (orm, ids) =>
      eachTask(orm, ids, ['child_ids'], ({ child_ids: list }) => closed(orm, idsOf(list))),
    subtask_allocated_hours: (orm, ids) =>
      eachTask(orm, ids, ['child_ids'], ({ child_ids: list }) =>
        [...orm.values('project.task', idsOf(list), ['allocated_hours']).values()]
          .map((task) => Number(task.allocated_hours))
          .reduce((sum, hours) => sum + hours, 0),
      ),
    subtask_completion_percentage: (orm, ids) =>
      eachTask(orm, ids, ['child_ids'], ({ child_ids: list }) => {
        const children = idsOf(list)
        return children.length === 0 ? 0 : closed(orm, children) / children.length
      }),
    depend_on_count: (orm, ids) => eachTask(orm, ids, ['depend_on_ids'], (task) => idsOf(task.depend_on_ids).length),
    closed_depend_on_count: (orm, ids) =>
      eachTask(orm, ids, ['depend_on_ids'], (task) => closed(orm, idsOf(task.depend_on_ids))),
    dependent_tasks_count: (orm, ids) =>
      eachTask(orm, ids, ['dependent_ids'], (task) => idsOf(task.dependent_ids).length),
    portal_user_names: (orm, ids) =>
      eachTask(orm, ids, ['user_ids'], (task) => {
        const names = orm.names('res.users', idsOf(task.user_ids))
        return orm.engine.version.tasks.namesInText([...names.values()].sort())
      }),
    personal_stage_type_id: ownPersonalStages,
    access_url: (_orm, ids) => new Map(ids.map((id) => [id, `/my/tasks/${id}`])),
    message_is_follower: (orm, ids) => following(orm, 'project.task', ids),
  },
  searched: {
    is_closed: (_orm, operator, value) => [
      ['state', (operator === '=') === Boolean(value) ? 'in' : 'not in', CLOSED_STATES],
    ],
  },
  defaults: {
    user_ids: (orm) => (orm.context.default_project_id === undefined ? [[4, orm.uid]] : []),
    stage_id: (orm) => firstStage(orm, orm.context.default_project_id),
    company_id: () => false,
  },
  onchange: { project_id: projectForm },
  expanded: { stage_id: stagesOfTasks, personal_stage_type_ids: personalStages },
  beforeCreate: newTaskValues,
  beforeWrite: changedTaskValues,
  derived: [
    { when: ['user_ids'], run: followByWorkers },
    { when: ['user_ids'], run: derivePersonalStages },
  ],
  checked: [
    { when: ['depend_on_ids'], run: checkDependencies },
    {
      when: ['parent_id'],
      run: (orm, ids) =>
        checkNoLoop(
          orm,
          'project.task',
          ids,
          validationError('Error! You cannot create a recursive hierarchy of tasks.'),
        ),
    },
  ],
  methods: TASK_BUTTONS,
}

/** Another project has other stages, and a customer. */
function projectForm(orm: Orm, id: number): Values {
  const { project_id: project, stage_id: stage } =
    orm.values('project.task', [id], ['project_id', 'stage_id']).get(id) ?? {}
  if (typeof project !== 'number') return { stage_id: false }
  const stages = orm.search('project.task.type', [['project_ids', 'in', [project]]])
  const customer = orm.values('project.project', [project], ['partner_id']).get(project)?.partner_id
  const kept = typeof stage === 'number' && stages.includes(stage)
  return { stage_id: kept ? stage : (stages[0] ?? false), partner_id: customer }
}

function followByWorkers(orm: Orm, ids: readonly number[]): void {
  for (const [id, { user_ids: users }] of orm.values('project.task', ids, ['user_ids'])) {
    const partners = [...orm.values('res.users', idsOf(users), ['partner_id']).values()].map((user) => user.partner_id)
    if (partners.length > 0) {
      orm.write('project.task', [id], { message_partner_ids: partners.map((partner) => [4, partner]) })
    }
  }
}

function closed(orm: Orm, ids: readonly number[]): number {
  return [...orm.values('project.task', ids, ['state']).values()].filter((task) =>
    CLOSED_STATES.includes(String(task.state)),
  ).length
}

function eachTask(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  compute: (task: Values) => unknown,
): Map<number, unknown> {
  return new Map([...orm.values('project.task', ids, fields)].map(([id, task]) => [id, compute(task)]))
}

function idsOf(value: unknown): number[] {
  return Array.isArray(value) ? value : []
}
