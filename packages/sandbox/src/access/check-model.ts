import type { Operation, Orm } from '../engine/contract.ts'
import { accessError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { groupLabel } from './group-names.ts'
import { groupsThatMay } from './model-access.ts'

/** May the user do it with records of this model at all? */
export function mayUse(orm: Orm, model: string, operation: Operation): boolean {
  if (orm.superuser) return true
  const { groups } = orm.user()
  return groupsThatMay(orm.engine, model, operation).some((group) => group === null || groups.has(group))
}

const VERBS = { read: 'access', write: 'modify', create: 'create', unlink: 'delete' } as const satisfies Record<
  Operation,
  string
>

/** Refuses what the rights on the model do not give, in Odoo's words (odoo 18.0 ir_model.py, _make_access_error). */
export function checkModel(orm: Orm, model: Model, operation: Operation): void {
  if (mayUse(orm, model.name, operation)) return
  const labels = groupsThatMay(orm.engine, model.name, operation)
    .map((group) => (group === null ? undefined : groupLabel(orm, group)?.inList))
    .filter((label) => label !== undefined)
  const allowed =
    labels.length === 0
      ? 'No group currently allows this operation.'
      : `This operation is allowed for the following groups:\n${labels.map((label) => `\t- ${label}`).join('\n')}`
  throw accessError(
    `You are not allowed to ${VERBS[operation]} '${model.label}' (${model.name}) records.\n\n${allowed}\n\n` +
      'Contact your administrator to request access if necessary.',
  )
}
