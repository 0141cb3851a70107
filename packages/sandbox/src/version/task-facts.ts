import { inWords } from './in-words.ts'

/** How a release handles tasks (project/models/project_task.py). */
export type TaskFacts = {
  /** A task below another that names no project takes the one above, or is refused. */
  readonly subtaskWithoutProject: 'taken' | 'refused'
  /** Does a task show in the project of the task above it? Only where it was named, or never. */
  readonly subtaskShows: 'when_named' | 'elsewhere'
  /** What a task with others below it is told when it leaves its project; undefined: it may. */
  readonly parentStays: string | undefined
  /** The name of the last of the stages that every user has. */
  readonly cancelledStage: string
  /** The names of workers in one text. */
  readonly namesInText: (names: readonly string[]) => string
  /** A task below another is nobody's until somebody is named. */
  readonly subtasksAreUnassigned: boolean
}

export const tasks17: TaskFacts = {
  subtaskWithoutProject: 'taken',
  subtaskShows: 'when_named',
  parentStays: undefined,
  cancelledStage: 'Canceled',
  namesInText: (names) => names.join(', '),
  subtasksAreUnassigned: false,
}

export const tasks18: TaskFacts = {
  subtaskWithoutProject: 'refused',
  subtaskShows: 'elsewhere',
  parentStays: 'The operation cannot be completed: A private task cannot have a parent.',
  cancelledStage: 'Cancelled',
  namesInText: inWords,
  subtasksAreUnassigned: false,
}

export const tasks19: TaskFacts = {
  ...tasks18,
  subtaskWithoutProject: 'taken',
  parentStays: "This task has sub-tasks, so it can't be private.",
  subtasksAreUnassigned: true,
}
