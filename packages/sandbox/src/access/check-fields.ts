import type { Orm } from '../engine/contract.ts'
import { accessError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { groupLabel } from './group-names.ts'
import { closedToPortal } from './portal-tasks.ts'

/**
 * May the user see the field? A field kept for groups is open to their members; `.` is nobody. Of the model named, the
 * fields that it keeps from portal users are looked at, too.
 */
export function mayUseField(orm: Orm, field: Field, model?: Model): boolean {
  if (orm.superuser) return true
  return isOpenToGroups(orm, field) && closedToPortal(orm, model?.name, [field.name], 'read').length === 0
}

function isOpenToGroups(orm: Orm, field: Field): boolean {
  if (field.groups.length === 0) return true
  const { groups } = orm.user()
  return field.groups.some((group) => groups.has(group))
}

/** Refuses fields that are kept from the user, in Odoo's words (odoo 18.0 models.py, check_field_access_rights). */
export function checkFields(orm: Orm, model: Model, fields: readonly Field[], operation: 'read' | 'write'): void {
  if (orm.superuser) return
  const names = fields.map((field) => field.name)
  const closed = operation === 'read' ? closedToPortal(orm, model.name, names, operation) : []
  const { say, portalTasks } = orm.engine.version
  if (closed.length > 0 && portalTasks.refusal === 'first') throw accessError(portalTasks.refused(operation, closed))
  const refused = fields.filter(
    (field) => !isOpenToGroups(orm, field) || (portalTasks.refusal === 'usual' && closed.includes(field.name)),
  )
  if (refused.length === 0) {
    if (closed.length > 0) throw accessError(portalTasks.refused(operation, closed))
    return
  }
  const tell = orm.user().groups.has('base.group_user') ? say.forbiddenFields : say.forbiddenFieldsOutside
  throw accessError(
    tell({
      model: model.name,
      modelLabel: model.label,
      operation,
      uid: orm.uid,
      fields: refused.map((field) => ({ name: field.name, groups: groupsText(orm, field) })),
    }),
  )
}

function groupsText(orm: Orm, field: Field): string {
  const labels = field.groups.map((group) => groupLabel(orm, group)?.full).filter((label) => label !== undefined)
  if (labels.length === 0) return 'always forbidden'
  return `allowed for groups ${labels.map((label) => `'${label}'`).join(', ')}`
}
