import type { Orm } from '../engine/contract.ts'
import { accessError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { groupLabel } from './group-names.ts'

/** May the user see the field? A field kept for groups is open to their members; `.` is nobody. */
export function mayUseField(orm: Orm, field: Field): boolean {
  if (orm.superuser || field.groups.length === 0) return true
  const { groups } = orm.user()
  return field.groups.some((group) => groups.has(group))
}

/** Refuses fields that are kept from the user, in Odoo's words (odoo 18.0 models.py, check_field_access_rights). */
export function checkFields(orm: Orm, model: Model, fields: readonly Field[], operation: 'read' | 'write'): void {
  const refused = fields.filter((field) => !mayUseField(orm, field))
  if (refused.length === 0) return
  const { say } = orm.engine.version
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
