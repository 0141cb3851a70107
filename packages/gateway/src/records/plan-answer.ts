import { and, type Domain, everything, leaf } from '@odoo-gatehouse/odoo/domain'
import { type FieldSchema, fieldTypeFacts, type ModelSchema } from '@odoo-gatehouse/odoo/schema'
import { defaultFieldsOf } from '../policy/field-access.ts'
import { bindForcedDomain } from '../policy/forced-domain.ts'
import { recordErrors } from './errors.ts'
import { EXPAND_DEPTH_MAX } from './parse-expand.ts'
import { parseLimit } from './parse-paging.ts'
import { planOrder } from './plan-order.ts'
import { enter, type Place, type Planning, relatedModel, requireReadable } from './planning.ts'
import type { Column, ExpandedColumn, ReadNode } from './read-plan.ts'
import type { AnswerRequest, ExpandRequest } from './request.ts'

/** What to read, and the forced domains of the models whose names have to be checked. */
export type PlannedAnswer = { readonly node: ReadNode; readonly guards: ReadonlyMap<string, Domain> }

/**
 * Plans which fields an answer holds, down into the relations that are expanded. Pure. `addedFields` join the default
 * ones where the request names none.
 *
 * @throws GatehouseError `field.unknown`, `expand.*`, `order.*`, and the refusals of policy
 */
export function planAnswer(
  planning: Planning,
  place: Place,
  { fields, expand = {} }: AnswerRequest,
  addedFields: readonly string[] = [],
): PlannedAnswer {
  const guards = new Map<string, Domain>()
  const names = fields ?? [...new Set([...defaultFieldsOf(place.exposure, place.schema), ...addedFields])]
  return { node: planNode(planning, place, names, expand, 1, guards), guards }
}

function planNode(
  planning: Planning,
  place: Place,
  names: readonly string[],
  expand: ExpandRequest,
  depth: number,
  guards: Map<string, Domain>,
): ReadNode {
  const columns: Column[] = []
  const expanded = new Set(Object.keys(expand))
  if (expanded.size > 0 && depth > EXPAND_DEPTH_MAX) throw recordErrors['expand.too_deep']()
  // A relation in `expand` stands where `fields` has it, else at the end.
  for (const name of new Set([...names, ...expanded])) {
    const field = requireReadable(place, name)
    const entry = expanded.has(name) ? expand[name] : undefined
    if (entry !== undefined) columns.push(planExpanded(planning, field, entry, depth, guards))
    else if (name !== 'id') columns.push(planColumn(planning, field, guards))
  }
  return { model: place.schema.model, columns }
}

function planColumn(planning: Planning, field: FieldSchema, guards: Map<string, Domain>): Column {
  const { name, type } = field
  if (type === 'many2one') return { kind: 'pair', name, guardedModel: guard(planning, field.relation, guards) }
  if (type === 'properties') return { kind: 'properties', name, guardedModels: planning.api.forcedModels }
  return { kind: 'value', name }
}

/** The model, if the API exposes it with a forced domain; noted, so that the ids are checked in one search. */
function guard(planning: Planning, model: string | undefined, guards: Map<string, Domain>): string | undefined {
  if (model === undefined) return undefined
  const forced = planning.api.exposures.get(model)?.forced
  if (forced === undefined) return undefined
  guards.set(model, bindForcedDomain(forced, planning))
  return model
}

function planExpanded(
  planning: Planning,
  field: FieldSchema,
  entry: ExpandRequest[string],
  depth: number,
  guards: Map<string, Domain>,
): ExpandedColumn {
  const model = relatedModel(field)
  if (model === undefined) {
    throw recordErrors['expand.malformed']({
      message: `The field "${field.name}" leads to no other model and cannot be expanded.`,
      data: { field: field.name },
    })
  }
  const many = fieldTypeFacts(field.type).x2many
  if (!many && (entry.limit !== undefined || entry.order !== undefined)) {
    throw recordErrors['expand.malformed']({
      message: `"${field.name}" leads to one record: "limit" and "order" have no meaning there.`,
      data: { field: field.name },
    })
  }
  const target = enter(planning, 'read', model)
  const fullMax = target.exposure.limitMax
  return {
    kind: 'expanded',
    name: field.name,
    many,
    node: planNode(planning, target, entry.fields, entry.expand ?? {}, depth + 1, guards),
    how: planning.facts.nestedReads && target.rowFilter === undefined ? 'nested' : 'batched',
    filter: and(target.rowFilter ?? everything, archivedToo(target.schema)),
    limit: entry.limit === undefined ? undefined : Math.min(parseLimit(entry.limit), fullMax),
    fullMax,
    order: entry.order === undefined ? undefined : planOrder(planning, target, entry.order),
  }
}

/**
 * A search leaves archived records out unless its domain names the field (odoo 18.0 models.py: `_active_name`). The
 * related records are known by their ids here, so all of them count, while the context stays the caller's.
 */
function archivedToo({ fields }: ModelSchema): Domain {
  const name = ['active', 'x_active'].find((candidate) => fields.get(candidate)?.type === 'boolean')
  return name === undefined ? everything : leaf(name, 'in', [true, false])
}
