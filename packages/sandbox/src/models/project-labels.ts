import type { Behaviour } from '../engine/contract.ts'
import { randomColor } from './random-color.ts'

/** Tags of projects and tasks. */
export const projectTags: Behaviour = { defaults: { color: randomColor } }

/** Stages of tasks: one made outside a project is the user's own. */
export const projectTaskType: Behaviour = {
  defaults: { user_id: (orm) => (orm.context.default_project_id === undefined ? orm.uid : false) },
}
