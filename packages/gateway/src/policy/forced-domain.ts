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
import { policyErrors } from './errors.ts'

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
  /** What of the caller the domain asks for, so that it differs from user to user. */
  readonly placeholders: ReadonlySet<Placeholder>
}

/** What placeholders stand for: facts of whoever calls. */
export type PlaceholderFacts = {
  readonly principal: Pick<UserPrincipal, 'uid'>
  /** The user's current company, looked up where an API asks for it; undefined where Odoo does not tell. */
  readonly companyId?: number | undefined
}

/**
 * What may stand in place of a value: the whole text, also as an item of a list.
 *
 * @example [['user_id', '=', '$uid']]
 */
const PLACEHOLDERS = {
  $uid: ({ principal }) => principal.uid,
  $company_id: ({ companyId }) => {
    // Without it the domain would be another one: nothing is a better answer than too much.
    if (companyId === undefined) throw policyErrors['company.unknown']()
    return companyId
  },
} as const satisfies Record<string, (facts: PlaceholderFacts) => DomainScalar>

/** One of the closed set of placeholders. */
export type Placeholder = keyof typeof PLACEHOLDERS

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
  return { source, domain, values, lockedFields, placeholders: placeholdersIn(domain) }
}

/**
 * The domain for one caller: placeholders replaced.
 *
 * @throws company.unknown where it asks for the company of a user of whom Odoo tells none
 */
export function bindForcedDomain(forced: ForcedDomain, facts: PlaceholderFacts): Domain {
  return forced.placeholders.size === 0 ? forced.domain : bind(forced.domain, facts)
}

/**
 * A forced value for one caller; `null` becomes `false`, which is how Odoo is told "unset".
 *
 * @throws company.unknown
 */
export function bindForcedValue(value: DomainScalar, facts: PlaceholderFacts): string | number | boolean {
  const bound = bindScalar(value, facts)
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

function placeholdersIn(domain: Domain): ReadonlySet<Placeholder> {
  const found = new Set<Placeholder>()
  for (const { term } of walkLeaves(domain)) {
    if (term.kind !== 'leaf') continue
    for (const value of isList(term.value) ? term.value : [term.value]) {
      if (typeof value !== 'string' || !LOOKS_LIKE_PLACEHOLDER.test(value)) continue
      if (!isPlaceholder(value)) {
        throw new DomainError('bad_value', `The placeholder ${value} is not known; there is: ${knownPlaceholders()}.`)
      }
      found.add(value)
    }
  }
  return found
}

function isPlaceholder(text: string): text is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, text)
}

function knownPlaceholders(): string {
  return Object.keys(PLACEHOLDERS).join(', ')
}

function bind(domain: Domain, facts: PlaceholderFacts): Domain {
  switch (domain.kind) {
    case 'true':
    case 'false':
      return domain
    case 'leaf':
      return { ...domain, value: bindValue(domain.value, facts) }
    case 'any':
      return { ...domain, domain: bind(domain.domain, facts) }
    case 'not':
      return { ...domain, operand: bind(domain.operand, facts) }
    case 'and':
    case 'or':
      return { ...domain, operands: domain.operands.map((operand) => bind(operand, facts)) }
  }
}

function bindValue(value: DomainValue, facts: PlaceholderFacts): DomainValue {
  return isList(value) ? value.map((item) => bindScalar(item, facts)) : bindScalar(value, facts)
}

function bindScalar(value: DomainScalar, facts: PlaceholderFacts): DomainScalar {
  return typeof value === 'string' && isPlaceholder(value) ? PLACEHOLDERS[value](facts) : value
}

/** `Array.isArray` does not narrow a readonly list out of a union. */
function isList(value: DomainValue): value is readonly DomainScalar[] {
  return Array.isArray(value)
}
