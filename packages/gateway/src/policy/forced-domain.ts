import {
  type Domain,
  DomainError,
  type DomainScalar,
  type DomainValue,
  parseDomain,
  parseDomainText,
  walkLeaves,
} from '@odoo-gatehouse/odoo/domain'
import type { UserPrincipal } from '../kernel/principal.ts'

/**
 * The part of a model that an API shows: a domain that is ANDed into every read, and what it means for writes.
 *
 * - Each `=` on a plain field at the top of the domain is a forced value: a record created without it gets it, another
 *   value is refused.
 * - Every other term locks the fields it begins with: they cannot be written, and records cannot be created, for
 *   nobody could tell whether the new record lies in the domain.
 */
export type ForcedDomain = {
  /** As it was written: JSON or a Python literal as text, or the list itself. */
  readonly source: string | readonly unknown[]
  /** What it says, with its placeholders. */
  readonly domain: Domain
  /** Forced values by field, with their placeholders. */
  readonly values: ReadonlyMap<string, DomainScalar>
  /** Fields that may not be written at all. */
  readonly lockedFields: ReadonlySet<string>
  /** True if a placeholder stands for something of the caller, so that the domain differs from user to user. */
  readonly personal: boolean
}

/**
 * What may stand in place of a value: the whole text, also as an item of a list.
 *
 * @example [['user_id', '=', '$uid']]
 */
const PLACEHOLDERS: ReadonlyMap<string, (principal: UserPrincipal) => DomainScalar> = new Map([
  ['$uid', (principal) => principal.uid],
])

const LOOKS_LIKE_PLACEHOLDER = /^\$[a-z_]+$/

/**
 * Reads a forced domain: JSON or a Python literal as text, or the list itself. Undefined for an empty one.
 *
 * @throws DomainError for a malformed domain, a placeholder that is not known, or two forced values for one field.
 */
export function compileForcedDomain(source: string | readonly unknown[]): ForcedDomain | undefined {
  const domain = typeof source === 'string' ? parseDomainText(source) : parseDomain(source)
  if (domain.kind === 'true') return undefined
  const values = new Map<string, DomainScalar>()
  const lockedFields = new Set<string>()
  for (const term of domain.kind === 'and' ? domain.operands : [domain]) {
    const forced = readForcedValue(term)
    if (forced === undefined) lockFieldsOf(term, lockedFields)
    else if (values.has(forced.field)) {
      throw new DomainError('bad_value', `The field ${forced.field} is set twice.`)
    } else values.set(forced.field, forced.value)
  }
  return { source, domain, values, lockedFields, personal: hasPlaceholder(domain) }
}

/** The domain for one caller: placeholders replaced. */
export function bindForcedDomain(forced: ForcedDomain, principal: UserPrincipal): Domain {
  return forced.personal ? bind(forced.domain, principal) : forced.domain
}

/** A forced value for one caller; `null` becomes `false`, which is how Odoo is told "unset". */
export function bindForcedValue(value: DomainScalar, principal: UserPrincipal): string | number | boolean {
  const bound = bindScalar(value, principal)
  return bound ?? false
}

function readForcedValue(term: Domain): { field: string; value: DomainScalar } | undefined {
  if (term.kind !== 'leaf' || term.operator !== '=' || isList(term.value)) return undefined
  const [field, ...rest] = term.path
  return field === undefined || rest.length > 0 ? undefined : { field, value: term.value }
}

/** Only the first step of a path is a field of the model itself; the further ones belong to other models. */
function lockFieldsOf(term: Domain, locked: Set<string>): void {
  for (const { path } of walkLeaves(term)) {
    const [field] = path
    if (field !== undefined) locked.add(field)
  }
}

function hasPlaceholder(domain: Domain): boolean {
  let found = false
  for (const { term } of walkLeaves(domain)) {
    if (term.kind !== 'leaf') continue
    for (const value of isList(term.value) ? term.value : [term.value]) {
      if (typeof value !== 'string' || !LOOKS_LIKE_PLACEHOLDER.test(value)) continue
      if (!PLACEHOLDERS.has(value)) {
        throw new DomainError('bad_value', `The placeholder ${value} is not known; there is: ${knownPlaceholders()}.`)
      }
      found = true
    }
  }
  return found
}

function knownPlaceholders(): string {
  return [...PLACEHOLDERS.keys()].join(', ')
}

function bind(domain: Domain, principal: UserPrincipal): Domain {
  switch (domain.kind) {
    case 'true':
    case 'false':
      return domain
    case 'leaf':
      return { ...domain, value: bindValue(domain.value, principal) }
    case 'any':
      return { ...domain, domain: bind(domain.domain, principal) }
    case 'not':
      return { ...domain, operand: bind(domain.operand, principal) }
    case 'and':
    case 'or':
      return { ...domain, operands: domain.operands.map((operand) => bind(operand, principal)) }
  }
}

function bindValue(value: DomainValue, principal: UserPrincipal): DomainValue {
  return isList(value) ? value.map((item) => bindScalar(item, principal)) : bindScalar(value, principal)
}

function bindScalar(value: DomainScalar, principal: UserPrincipal): DomainScalar {
  if (typeof value !== 'string') return value
  const placeholder = PLACEHOLDERS.get(value)
  return placeholder === undefined ? value : placeholder(principal)
}

/** `Array.isArray` does not narrow a readonly list out of a union. */
function isList(value: DomainValue): value is readonly DomainScalar[] {
  return Array.isArray(value)
}
