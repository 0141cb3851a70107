import {
  CommandError,
  type FieldSchema,
  parseX2manyCommands,
  printX2manyCommands,
  type X2manyCommand,
} from '@odoo-gatehouse/odoo/schema'
import { policyErrors } from '../policy/errors.ts'
import { fieldWriteAccess } from '../policy/field-access.ts'
import { recordErrors } from './errors.ts'
import { forcedFieldsOf } from './forced-fields.ts'
import { enter, type Place, relatedModel } from './planning.ts'
import type { PlanRelatedValues, WriteTarget, Writing } from './writing.ts'

/**
 * Decides the commands of a one2many or many2many, each as an action of its own on the related model, and writes them
 * anew. Pure. CONTRACT §0, "x2many commands":
 *
 * | command | verb on the related model | and |
 * |---|---|---|
 * | 0 create | create | its values, like those of any new record |
 * | 1 update | update | its values; the id lies in the forced domain |
 * | 2 delete | delete | the id lies in the forced domain |
 * | 3 unlink, 4 link | read | the id lies in the forced domain; one2many: update of the inverse field |
 * | 5 clear, 6 set | read | as 3 and 4; refused where a forced domain hides records that they would take out |
 *
 * A one2many sets its inverse field on the other side, so no command may thereby move a record out of its own forced
 * domain. And Odoo deletes a record that is taken out of a one2many when its inverse cascades, as those do that are
 * required: this needs the verb delete as well.
 *
 * @throws GatehouseError `field.bad_value`, `command.refused`, `values.too_many`, and the refusals of policy
 */
export function planCommands(
  writing: Writing,
  { model: owner, field, target }: OwnedRelation,
  value: unknown,
  planRelatedValues: PlanRelatedValues,
): unknown[] {
  const model = relatedModel(field)
  if (model === undefined) throw policyErrors['field.not_writable']({ data: { field: field.name } })
  const relation: Relation = { writing, owner, field, model, target }
  return printX2manyCommands(
    readCommands(field, value).map((command) => planCommand(relation, command, planRelatedValues)),
  )
}

/** A one2many or many2many of a model, and the records whose values hold it. */
export type OwnedRelation = { readonly model: string; readonly field: FieldSchema; readonly target: WriteTarget }

/** The relation that commands change, and from which records. */
type Relation = {
  readonly writing: Writing
  /** The model that has the field. */
  readonly owner: string
  readonly field: FieldSchema
  readonly model: string
  readonly target: WriteTarget
}

function planCommand(relation: Relation, command: X2manyCommand, planRelatedValues: PlanRelatedValues): X2manyCommand {
  const { writing, model, target } = relation
  const { planning, notes } = writing
  switch (command.kind) {
    case 'create': {
      const place = enter(planning, 'create', model)
      requireInverseStays(relation, place, 'set')
      return { kind: 'create', values: planRelatedValues(place, { kind: 'create' }, command.values) }
    }
    case 'update': {
      const place = enter(planning, 'update', model)
      notes.expectInside(place, [command.id])
      const values = planRelatedValues(place, { kind: 'update', ids: [command.id] }, command.values)
      return { kind: 'update', id: command.id, values }
    }
    case 'delete':
      notes.expectInside(enter(planning, 'delete', model), [command.id])
      notes.countRecords(1)
      return command
    case 'unlink':
    case 'link':
      notes.expectInside(enter(planning, 'read', model), [command.id])
      notes.countRecords(1)
      requireOtherSideStays(relation)
      requireInverse(relation, command.kind === 'link' ? 'set' : 'unset')
      return command
    case 'clear':
    case 'set': {
      const place = enter(planning, 'read', model)
      const ids = command.kind === 'set' ? command.ids : []
      notes.expectInside(place, ids)
      notes.countRecords(Math.max(1, ids.length))
      requireOtherSideStays(relation)
      if (ids.length > 0) requireInverse(relation, 'set')
      if (target.kind === 'create') return command
      if (place.rowFilter !== undefined) throw hiddenRecords(relation)
      requireInverse(relation, 'unset')
      return command
    }
  }
}

/** What a command does to the inverse field of a one2many on the related records. */
type InverseChange = 'set' | 'unset'

/** The update of the inverse field that commands 3 to 6 of a one2many are. A many2many has none. */
function requireInverse(relation: Relation, change: InverseChange): void {
  const { writing, field, model } = relation
  if (field.type !== 'one2many') return
  const place = enter(writing.planning, 'update', model)
  const inverse = field.relationField
  if (inverse !== undefined && fieldWriteAccess(place.exposure, place.schema, inverse).kind !== 'writable') {
    throw policyErrors['field.not_writable']({
      message: `The field "${field.name}" may not be changed in this way: "${inverse}" of "${model}" may not be written.`,
      data: { field: field.name },
    })
  }
  requireInverseStays(relation, place, change)
  const isRequired = inverse !== undefined && place.schema.fields.get(inverse)?.required === true
  if (change === 'unset' && isRequired) enter(writing.planning, 'delete', model)
}

/** Odoo sets the inverse field itself, so the related record must not leave its forced domain by that. */
function requireInverseStays(relation: Relation, place: Place, change: InverseChange): void {
  const { writing, field, target } = relation
  if (field.type !== 'one2many' || place.exposure.forced === undefined) return
  const { values, locked } = forcedFieldsOf(place, writing.planning)
  const inverse = field.relationField
  if (inverse !== undefined && !values.has(inverse) && !locked.has(inverse)) return
  const only = inverse === undefined || locked.has(inverse) ? undefined : values.get(inverse)
  const parentIds = target.kind === 'update' ? target.ids : []
  if (change === 'set' && parentIds.length > 0 && parentIds.every((id) => id === only)) return
  throw leavesForced(relation)
}

function leavesForced({ field, model }: Relation): Error {
  return policyErrors['domain.leaves_forced']({
    message: `The field "${field.name}" may not be changed in this way: records of "${model}" would leave the part that this API shows.`,
    data: { field: field.name },
  })
}

/**
 * A many2many has two sides: what is linked or taken out here changes the field of the related model that leads back.
 * Where that model's forced domain looks at such a field, nobody could tell whether its records stay inside.
 */
function requireOtherSideStays(relation: Relation): void {
  const { writing, owner, field, model } = relation
  if (field.type !== 'many2many') return
  const place = enter(writing.planning, 'read', model)
  for (const name of place.exposure.forced?.lockedFields ?? []) {
    const locked = place.schema.fields.get(name)
    if (locked?.type === 'many2many' && locked.relation === owner) throw leavesForced(relation)
  }
}

function readCommands(field: FieldSchema, value: unknown): readonly X2manyCommand[] {
  try {
    return parseX2manyCommands(value)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw recordErrors['field.bad_value']({
      message: `The field ${field.name} takes a list of commands. ${error.message}`,
      data: { field: field.name },
      cause: error,
    })
  }
}

function hiddenRecords({ field, model }: Relation): Error {
  return recordErrors['command.refused']({
    message: `The field "${field.name}" cannot be cleared or set as a whole: it may hold records of "${model}" that this API does not show. Name the records with the commands 3 and 4.`,
    data: { field: field.name },
  })
}
