import type { Consequence, Orm } from '../engine/contract.ts'
import { validationError } from '../fault/odoo-fault.ts'
import { CLOSED_STATES } from './project-project.ts'

const MODEL = 'project.task'
const WAITING = '04_waiting_normal'

/** Refuses tasks that wait for each other, or for themselves. */
export function checkDependencies(orm: Orm, ids: readonly number[]): void {
  for (const id of ids) {
    const seen = new Set<number>()
    const waiting = dependenciesOf(orm, id)
    for (const other of waiting) {
      if (other === id) throw validationError('Two tasks cannot depend on each other.')
      if (seen.has(other)) continue
      seen.add(other)
      // The list grows while it is walked.
      waiting.push(...dependenciesOf(orm, other))
    }
  }
}

/** Tasks wait while one that they depend on is open, and go on after it (project_task.py, _compute_state). */
export const taskDependencies: Consequence = {
  created(orm, model, id) {
    if (model.name === MODEL) deriveWaiting(orm.asSuperuser(), [id])
  },

  changed(orm, model, ids, fields) {
    if (model.name !== MODEL || fields === 'everything') return
    const written = (...names: string[]): boolean => names.some((name) => fields.includes(name))
    if (written('depend_on_ids', 'stage_id', 'project_id')) deriveWaiting(orm, ids)
    if (written('state', 'depend_on_ids')) deriveDependents(orm, ids)
  },
}

function deriveWaiting(orm: Orm, ids: readonly number[]): void {
  const tasks = orm.values(MODEL, ids, ['state', 'depend_on_ids', 'allow_task_dependencies'])
  for (const [id, task] of tasks) {
    const state = String(task.state)
    if (CLOSED_STATES.includes(state)) continue
    const open = task.allow_task_dependencies ? openTasks(orm, listOf(task.depend_on_ids)) : 0
    if (open > 0 && state !== WAITING) orm.store(MODEL, id, { state: WAITING })
    if (open === 0 && state === WAITING) orm.store(MODEL, id, { state: '01_in_progress' })
  }
}

/** The same for the tasks that depend on these. */
function deriveDependents(orm: Orm, ids: readonly number[]): void {
  const tasks = orm.values(MODEL, ids, ['dependent_ids'])
  const waiting = [...new Set([...tasks.values()].flatMap((task) => listOf(task.dependent_ids)))]
  if (waiting.length > 0) deriveWaiting(orm, waiting)
}

function dependenciesOf(orm: Orm, id: number): number[] {
  return [...listOf(orm.values(MODEL, [id], ['depend_on_ids']).get(id)?.depend_on_ids)]
}

function openTasks(orm: Orm, ids: readonly number[]): number {
  const states = [...orm.values(MODEL, ids, ['state']).values()].map(({ state }) => String(state))
  return states.filter((state) => !CLOSED_STATES.includes(state)).length
}

function listOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value : []
}
