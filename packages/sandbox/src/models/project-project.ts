import type { Behaviour, Orm } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import { PROJECT_BUTTONS } from './buttons/project-buttons.ts'
import { following } from './following.ts'
import { stagesOfProjects } from './shown-stages.ts'

/** Projects, with the counts of their tasks. */
export const projectProject: Behaviour = {
  computed: {
    task_count: (orm, ids) => countTasks(orm, ids, []),
    open_task_count: (orm, ids) => countTasks(orm, ids, [['state', 'not in', CLOSED_STATES]]),
    closed_task_count: (orm, ids) => countTasks(orm, ids, [['state', 'in', CLOSED_STATES]]),
    task_completion_percentage: (orm, ids) => {
      const all = countTasks(orm, ids, [])
      const closed = countTasks(orm, ids, [['state', 'in', CLOSED_STATES]])
      return new Map(ids.map((id) => [id, (closed.get(id) ?? 0) / (all.get(id) || 1)]))
    },
    currency_id: (orm, ids) => {
      const [company = 0] = orm.companyIds()
      const own = orm.asSuperuser().values('res.company', [company], ['currency_id']).get(company)?.currency_id
      return new Map(ids.map((id) => [id, own]))
    },
    is_favorite: (orm, ids) => {
      const records = orm.asSuperuser().values('project.project', ids, ['favorite_user_ids'])
      return new Map(
        [...records].map(([id, { favorite_user_ids: users }]) => [id, Array.isArray(users) && users.includes(orm.uid)]),
      )
    },
    access_url: (_orm, ids) => new Map(ids.map((id) => [id, `/my/projects/${id}`])),
    message_is_follower: (orm, ids) => following(orm, 'project.project', ids),
  },
  expanded: { stage_id: stagesOfProjects },
  inverse: {
    is_favorite: (orm, ids, value) =>
      orm.asSuperuser().write('project.project', ids, { favorite_user_ids: [[value ? 4 : 3, orm.uid]] }),
  },
  searched: {
    is_favorite: (orm, operator, value) => [
      ['favorite_user_ids', (operator === '=') === Boolean(value) ? 'in' : 'not in', [orm.uid]],
    ],
  },
  defaults: {
    user_id: (orm) => orm.uid,
    stage_id: (orm) => orm.asSuperuser().search('project.project.stage', [], { limit: 1 })[0] ?? false,
  },
  beforeWrite: (orm, ids, values) => {
    if (typeof values.active === 'boolean') archiveTasks(orm, ids, values.active)
    return values
  },
  derived: [
    { when: ['date_start', 'date'], run: dropHalfPeriods },
    { when: ['user_id'], run: followByManager },
  ],
  checked: [{ when: ['date_start', 'date'], run: checkDates }],
  methods: PROJECT_BUTTONS,
}

/** A task in one of these states is done with (odoo 18.0 project_task.py, CLOSED_STATES). */
export const CLOSED_STATES = ['1_done', '1_canceled']

function countTasks(orm: Orm, ids: readonly number[], more: readonly unknown[]): Map<number, number> {
  const count = (id: number) => orm.search('project.task', [['project_id', '=', id], ...more]).length
  return new Map(ids.map((id) => [id, count(id)]))
}

/** The tasks of a project go to the archive with it, and come back with it. */
function archiveTasks(orm: Orm, ids: readonly number[], active: boolean): void {
  const domain = [
    ['project_id', 'in', ids],
    ['active', '=', !active],
  ]
  for (const task of orm.asSuperuser().search('project.task', domain)) {
    orm.store('project.task', task, { active: active ? 1 : 0 })
  }
}

/** A project that has no end has no beginning. */
function dropHalfPeriods(orm: Orm, ids: readonly number[]): void {
  for (const [id, { date_start: start, date }] of orm.values('project.project', ids, ['date_start', 'date'])) {
    if (start !== false && date === false) orm.store('project.project', id, { date_start: null })
  }
}

function followByManager(orm: Orm, ids: readonly number[]): void {
  for (const [id, { user_id: user }] of orm.values('project.project', ids, ['user_id'])) {
    // Who names himself is not made to follow.
    if (typeof user !== 'number' || user === orm.uid) continue
    const partner = orm.values('res.users', [user], ['partner_id']).get(user)?.partner_id
    orm.write('project.project', [id], { message_partner_ids: [[4, partner]] })
  }
}

function checkDates(orm: Orm, ids: readonly number[]): void {
  for (const { date_start: start, date } of orm.values('project.project', ids, ['date_start', 'date']).values()) {
    if (typeof start === 'string' && typeof date === 'string' && date < start) {
      throw validationError("The operation cannot be completed: The project's start date must be before its end date.")
    }
  }
}
