import { checkWriteValue, fieldTypeFacts, type ModelSchema } from '@odoo-gatehouse/odoo/schema'
import { policyErrors } from '../policy/errors.ts'
import { fieldWriteAccess } from '../policy/field-access.ts'
import { bindForcedValue, type PlaceholderFacts } from '../policy/forced-domain.ts'
import type { Place } from './planning.ts'

/** What a forced domain means for writes to one model, now that the types of its fields are known. */
export type ForcedFields = {
  /** Fields with the only value that may be written. */
  readonly values: ReadonlyMap<string, string | number | boolean>
  /** Fields that may not be written, and on whose account nothing can be created. */
  readonly locked: ReadonlySet<string>
  /** Fields by which Odoo changes one of the above, whenever they are written (`company_type`: `is_company`). */
  readonly levers: ReadonlySet<string>
  /** Fields from which Odoo works one of the above out anew, so that an existing record may leave its domain. */
  readonly sources: ReadonlySet<string>
}

const NONE: ForcedFields = { values: new Map(), locked: new Set(), levers: new Set(), sources: new Set() }

/**
 * Splits a forced domain into values and locks. A forced value that cannot be written as it stands (of an x2many, a
 * name in place of an id, a field that Odoo keeps itself or does not show to the user) locks its field instead.
 */
export function forcedFieldsOf({ exposure, schema }: Place, facts: PlaceholderFacts): ForcedFields {
  const { forced } = exposure
  if (forced === undefined) return NONE
  const values = new Map<string, string | number | boolean>()
  const locked = new Set(forced.lockedFields)
  for (const [name, template] of forced.values) {
    const value = bindForcedValue(template, facts)
    const field = schema.fields.get(name)
    const isKept = fieldWriteAccess({ ...exposure, writableFields: 'all' }, schema, name).kind !== 'writable'
    const isSettable = field !== undefined && !isKept && !fieldTypeFacts(field.type).x2many
    if (isSettable && checkWriteValue(field, value) === undefined) values.set(name, value)
    else locked.add(name)
  }
  return { values, locked, ...leversAndSources(schema, new Set([...values.keys(), ...locked])) }
}

/** What moves the guarded fields without naming them. */
function leversAndSources(
  schema: ModelSchema,
  guarded: ReadonlySet<string>,
): { readonly levers: ReadonlySet<string>; readonly sources: ReadonlySet<string> } {
  const levers = new Set<string>()
  const sources = new Set<string>()
  for (const field of schema.fields.values()) {
    const origins = field.depends.map(([first]) => first)
    // A field that is not stored is written through to what it is made of.
    if (!field.store && origins.some((name) => name !== undefined && guarded.has(name))) levers.add(field.name)
    if (guarded.has(field.name)) for (const name of origins) if (name !== undefined) sources.add(name)
  }
  return { levers, sources }
}

/**
 * @throws GatehouseError `domain.leaves_forced` for a value that would take the record out of its forced domain, or of
 * which nobody could tell
 */
export function requireStaysInside(
  forced: ForcedFields,
  action: 'create' | 'update',
  name: string,
  value: unknown,
): void {
  const isGuarded = forced.values.has(name) || forced.locked.has(name)
  const moves = forced.levers.has(name) || (action === 'update' && forced.sources.has(name))
  if (forced.locked.has(name) || (moves && !isGuarded)) {
    throw policyErrors['domain.leaves_forced']({
      message: `The field "${name}" may not be written: it decides whether this API shows the record.`,
      data: { field: name },
    })
  }
  const only = forced.values.get(name)
  if (only === undefined || only === (value ?? false)) return
  throw policyErrors['domain.leaves_forced']({
    message: `The field "${name}" may not have this value: the record would leave the part of the model that this API shows.`,
    data: { field: name },
  })
}

/** @throws GatehouseError `domain.create_refused` where nobody could tell whether a new record lies in the domain */
export function requireCreatable(forced: ForcedFields, model: string): void {
  if (forced.locked.size === 0) return
  throw policyErrors['domain.create_refused']({
    message: `Records of the model "${model}" cannot be created through this API: its rules could not be kept.`,
  })
}
