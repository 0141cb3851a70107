import type { Behaviour, Orm } from '../engine/contract.ts'
import { accessError } from '../fault/odoo-fault.ts'
import { mayUse } from './check-model.ts'

const TASKS = 'project.task'

/** Portal users write some fields of tasks only; they are told so before the right to write tasks is looked at. */
export const portalTasks: Behaviour = {
  guarded: (orm, operation, _ids, values) => {
    if (operation !== 'write' && operation !== 'create') return
    if (operation === 'create' && !mayUse(orm, TASKS, 'create')) return
    const closed = closedToPortal(orm, TASKS, Object.keys(values), 'write')
    const { refusal, refused } = orm.engine.version.portalTasks
    if (closed.length > 0 && refusal !== 'usual') throw accessError(refused('write', closed))
  },
}

/** The fields that a model keeps from portal users, whatever groups there are: of tasks, most of them. */
export function closedToPortal(
  orm: Orm,
  model: string | undefined,
  fields: readonly string[],
  operation: 'read' | 'write',
): readonly string[] {
  if (model !== TASKS || orm.superuser) return []
  const { groups } = orm.user()
  if (!groups.has('base.group_portal')) return []
  const { readable, writable } = orm.engine.version.portalTasks
  const open = operation === 'read' ? readable : writable
  return fields.filter((name) => !open.has(name))
}
