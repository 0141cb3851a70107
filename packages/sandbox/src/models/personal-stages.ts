import type { Orm } from '../engine/contract.ts'
import { insertRow } from '../orm/change-rows.ts'
import { identifier, sql } from '../sql/sql-text.ts'

const TASK = 'project.task'
const STAGE = 'project.task.type'

/** The stages that every user has for tasks of his own (project_task.py, _get_default_personal_stage_create_vals). */
const NAMES = ['Inbox', 'Today', 'This Week', 'This Month', 'Later', 'Done']
const FOLDED = 5

/** Every worker has a task in a personal stage: the first one, until it is moved; who works on it no more has none. */
export function derivePersonalStages(orm: Orm, ids: readonly number[]): void {
  const link = identifier('project_task_personal_stage_rel')
  const tasks = orm.values(TASK, ids, ['user_ids', 'personal_stage_type_ids'])
  for (const [id, { user_ids: users, personal_stage_type_ids: known }] of tasks) {
    const workers: number[] = Array.isArray(users) ? users : []
    const stages: number[] = Array.isArray(known) ? known : []
    const owners = orm.values(STAGE, stages, ['user_id'])
    for (const [stage, { user_id: owner }] of owners) {
      if (workers.includes(Number(owner))) continue
      orm.engine.db.run(sql`DELETE FROM ${link} WHERE task_id = ${id} AND stage_id = ${stage}`)
    }
    const placed = [...owners.values()].map(({ user_id: owner }) => owner)
    for (const worker of workers) {
      if (placed.includes(worker)) continue
      orm.engine.db.run(
        sql`INSERT OR IGNORE INTO ${link} (task_id, stage_id) VALUES (${id}, ${firstStageOf(orm, worker)})`,
      )
    }
  }
}

/** The personal stage of the user who asks. */
export function ownPersonalStages(orm: Orm, ids: readonly number[]): Map<number, unknown> {
  const reader = orm.asSuperuser()
  return new Map(
    [...reader.values(TASK, ids, ['personal_stage_type_ids'])].map(([id, { personal_stage_type_ids: stages }]) => {
      const owners = reader.values(STAGE, Array.isArray(stages) ? stages : [], ['user_id'])
      const own = [...owners].find(([, { user_id: owner }]) => owner === orm.uid)
      return [id, own?.[0] ?? false]
    }),
  )
}

function firstStageOf(orm: Orm, user: number): number {
  const [first] = orm.search(STAGE, [['user_id', '=', user]], { limit: 1 })
  return first ?? makeStages(orm, user)
}

function makeStages(orm: Orm, user: number): number {
  const names = [...NAMES, orm.engine.version.tasks.cancelledStage]
  const made = names.map((name, index) =>
    insertRow(orm, orm.model(STAGE), {
      name,
      user_id: user,
      sequence: index + 1,
      fold: index >= FOLDED ? 1 : 0,
      active: 1,
    }),
  )
  return made[0] ?? 0
}
