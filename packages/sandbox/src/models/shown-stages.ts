import type { Orm } from '../engine/contract.ts'

/** The stages that tasks grouped by stage show: those with tasks, and all of the project that the context is about. */
export function stagesOfTasks(orm: Orm, ids: readonly number[]): number[] {
  const { default_project_id: project, subtask_action: forSubtasks, project_kanban: board } = orm.context
  const { stagesExpandIn } = orm.engine.version.groups
  const expands = project !== undefined && !forSubtasks && (stagesExpandIn === 'everything' || board !== undefined)
  const given = ['id', 'in', ids]
  return orm.asSuperuser().search('project.task.type', expands ? ['|', ['project_ids', '=', project], given] : [given])
}

/** The personal stages that tasks grouped by them show: those with tasks, and the user's own. */
export function personalStages(orm: Orm, ids: readonly number[]): number[] {
  return orm.search('project.task.type', ['|', ['id', 'in', ids], ['user_id', '=', orm.uid]])
}

/** Projects grouped by stage show all stages. */
export function stagesOfProjects(orm: Orm): number[] {
  return orm.search('project.project.stage', [])
}
