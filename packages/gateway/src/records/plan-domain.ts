import {
  and,
  DOMAIN_OPERATORS,
  type Domain,
  type DomainAny,
  type DomainLeaf,
  type DomainScalar,
  everything,
  leaf,
  not,
  or,
  printDomain,
} from '@odoo-gatehouse/odoo/domain'
import type { FieldSchema } from '@odoo-gatehouse/odoo/schema'
import { recordErrors } from './errors.ts'
import { nameSearchReadable, parentFieldOf } from './model-lore.ts'
import {
  enter,
  type Place,
  type Planning,
  type Presearch,
  presearched,
  relatedModel,
  requireReadable,
} from './planning.ts'

/**
 * Checks a caller's domain and rewrites it so that it tells nothing beyond what the caller may read. Pure.
 *
 * Each step of a path is a readable field of an exposed model. Where such a model has a forced domain, the step becomes
 * `any` with the forced domain inside, so that a term is true or false by records within it alone; then no `|`, `!` or
 * `not any` around it can tell more. Odoo before 17 has no `any`: there the related records are searched beforehand.
 *
 * The place's own forced domain is not in the result: the plan ANDs it to the whole.
 *
 * @throws GatehouseError `field.unknown`, `model.not_exposed` and the other refusals of policy; `domain.*`
 */
export function planDomain(planning: Planning, place: Place, domain: Domain): Domain {
  switch (domain.kind) {
    case 'true':
    case 'false':
      return domain
    case 'leaf':
      return planLeaf(planning, place, domain)
    case 'any':
      return planAny(planning, place, domain)
    case 'not':
      return not(planDomain(planning, place, domain.operand))
    case 'and':
      return and(...domain.operands.map((operand) => planDomain(planning, place, operand)))
    case 'or':
      return or(...domain.operands.map((operand) => planDomain(planning, place, operand)))
  }
}

function planLeaf(planning: Planning, place: Place, term: DomainLeaf): Domain {
  const [field, rest] = firstStep(place, term.path)
  if (rest.length > 0) {
    const target = hop(planning, field)
    return through(planning, field, target, planLeaf(planning, target, { ...term, path: rest }))
  }
  if (relatedModel(field) !== undefined) return planRelationalLeaf(planning, place, field, term)
  if (DOMAIN_OPERATORS[term.operator].hierarchy) return planHierarchy(place, field, place, term)
  if (field.name === 'display_name') requireNameSearch(place)
  return term
}

function planAny(planning: Planning, place: Place, term: DomainAny): Domain {
  const [field, rest] = firstStep(place, term.path)
  const target = hop(planning, field)
  if (rest.length > 0) {
    return through(planning, field, target, planAny(planning, target, { ...term, path: rest }))
  }
  return some(planning, field, target, planDomain(planning, target, term.domain), term.negated)
}

/** A path that goes on: true if some record behind the field, within its forced domain, matches. */
function through(planning: Planning, field: FieldSchema, target: Place, inner: Domain): Domain {
  if (target.rowFilter === undefined && inner.kind === 'leaf') return { ...inner, path: [field.name, ...inner.path] }
  return some(planning, field, target, inner, false)
}

/** `any` and `not any` over the records that the field leads to and that lie in their forced domain. */
function some(planning: Planning, field: FieldSchema, target: Place, inner: Domain, negated: boolean): Domain {
  const domain = and(target.rowFilter ?? everything, inner)
  if (planning.facts.anyOperator) return { kind: 'any', path: [field.name], negated, domain }
  return leaf(field.name, negated ? 'not in' : 'in', search(planning, { model: target.schema.model, domain }))
}

/**
 * A comparison of a relation itself. With ids it tells no more than the field does; with text Odoo searches the related
 * model by name (odoo 17.0 osv/expression.py: `to_ids`), and a hierarchy walks the related model's tree.
 */
function planRelationalLeaf(planning: Planning, place: Place, field: FieldSchema, term: DomainLeaf): Domain {
  const { hierarchy, text } = DOMAIN_OPERATORS[term.operator]
  if (hierarchy) return planHierarchy(place, field, hop(planning, field), term)
  const values = valuesOf(term)
  const names = values.filter((value) => typeof value === 'string')
  if (!text && names.length === 0) return term
  const operator = NAME_OPERATORS.get(term.operator)
  if (operator === undefined || names.length < values.length) throw badRelationalValue(field)
  const target = hop(planning, field)
  requireNameSearch(target)
  if (target.rowFilter === undefined) return term
  if (names.every((name) => name === '')) throw badRelationalValue(field)
  const found = names.map((name) => searchByName(planning, target, operator, name))
  return leaf(field.name, DOMAIN_OPERATORS[term.operator].negated ? 'not in' : 'in', [...new Set(found.flat())])
}

/** How names are compared for each operator that takes them; the negation stands outside, as `not in`. */
const NAME_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['=', '='],
  ['=?', '='],
  ['!=', '='],
  ['in', '='],
  ['not in', '='],
  ['like', 'like'],
  ['not like', 'like'],
  ['ilike', 'ilike'],
  ['not ilike', 'ilike'],
  ['=like', '=like'],
  ['not =like', '=like'],
  ['=ilike', '=ilike'],
  ['not =ilike', '=ilike'],
])

/**
 * `child_of` and `parent_of` read the parent of record after record, also of records outside a forced domain, and no
 * rewriting keeps that inside. So the tree's model has to show its parent field and all of its records.
 */
function planHierarchy(place: Place, field: FieldSchema, tree: Place, term: DomainLeaf): Domain {
  if (tree === place && field.name !== 'id') throw badRelationalValue(field)
  if (tree.rowFilter !== undefined) throw recordErrors['domain.refused']({ data: { field: field.name } })
  requireReadable(tree, parentFieldOf(tree.schema.model))
  if (valuesOf(term).some((value) => typeof value === 'string')) requireNameSearch(tree)
  return term
}

/** The field that a path begins with, checked, and the rest of the path. */
function firstStep(place: Place, path: readonly string[]): readonly [FieldSchema, readonly string[]] {
  const [name = '', ...rest] = path
  const field = requireReadable(place, name)
  if (!field.searchable) {
    throw recordErrors['domain.not_searchable']({
      message: `Odoo cannot search "${place.schema.model}" by its field "${name}".`,
      data: { field: name },
    })
  }
  return [field, rest]
}

/** Into the model that a field leads to: a read there, decided like every other. */
function hop(planning: Planning, field: FieldSchema): Place {
  const model = relatedModel(field)
  if (model === undefined) {
    throw recordErrors['domain.not_relational']({
      message: `A path in the domain goes on behind "${field.name}", which leads to no other model.`,
      data: { field: field.name },
    })
  }
  return enter(planning, 'read', model)
}

function requireNameSearch(place: Place): void {
  if (nameSearchReadable(place.exposure, place.hidden)) return
  throw recordErrors['domain.refused']({
    message: `A search by name on "${place.schema.model}" would look into fields that this API does not show.`,
    data: { field: 'display_name' },
  })
}

function search(planning: Planning, what: Omit<Presearch, 'key'>): readonly number[] {
  const key = JSON.stringify([what.model, what.name, printDomain(what.domain)])
  const found = presearched(planning, { ...what, key })
  if (found === 'too_many') throw recordErrors['domain.too_wide']()
  return found
}

function searchByName(planning: Planning, target: Place, operator: string, text: string): readonly number[] {
  return search(planning, {
    model: target.schema.model,
    domain: target.rowFilter ?? everything,
    name: { operator, text },
  })
}

function valuesOf({ value }: DomainLeaf): readonly DomainScalar[] {
  // `Array.isArray` does not narrow a readonly list out of a union.
  return Array.isArray(value) ? value : [value as DomainScalar]
}

function badRelationalValue(field: FieldSchema) {
  return recordErrors['domain.malformed']({
    message: `The field "${field.name}" cannot be compared in this way.`,
    data: { field: field.name },
  })
}
