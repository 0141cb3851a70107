import { type Condition, EVERYTHING, flip, NOTHING, negate, type Term } from '../engine/condition.ts'
import { assertionError, attributeError, type OdooFault, typeError, valueError } from '../fault/odoo-fault.ts'
import { unhashable } from '../value/comparable.ts'
import { pythonRepr, pythonTuple, pythonType } from '../value/python-text.ts'
import type { DomainDialect } from '../version/domain-dialect.ts'

/**
 * Reads a domain in Odoo's prefix notation. Missing `&` are put in; what Odoo refuses is refused with its exception.
 * Sources: odoo 17.0 osv/expression.py (normalize_domain, is_leaf), odoo 19.0 orm/domains.py (Domain).
 */
export function parseCondition(raw: unknown, dialect: DomainDialect): Condition {
  const tokens = checkedList(raw, dialect)
  if (!Array.isArray(tokens)) return tokens
  const stack: Condition[] = []
  for (const token of normalized(tokens, dialect).reverse()) {
    if (token === '!') {
      const part = stack.pop() ?? EVERYTHING
      stack.push(dialect.negation === 'flips_operator' ? flip(part) : negate(part))
    } else if (token === '&' || token === '|') {
      const left = stack.pop() ?? EVERYTHING
      const right = stack.pop() ?? EVERYTHING
      stack.push(joinFlat(token === '&' ? 'all' : 'either', left, right))
    } else stack.push(parseTerm(token, dialect))
  }
  return stack.pop() ?? EVERYTHING
}

/**
 * Joins two conditions that were just read. What is of the same kind already takes the other in, so that a domain of a
 * hundred thousand terms is a list and neither a deep tree nor copied again with each term.
 */
function joinFlat(kind: 'all' | 'either', left: Condition, right: Condition): Condition {
  const [list, other] = left.kind === kind ? [left, right] : [right, left]
  if (list.kind !== kind) return { kind, parts: [left, right] }
  // Made by this very function; nobody else holds it yet.
  const parts = list.parts as Condition[]
  if (other.kind !== kind) parts.push(other)
  else for (const part of other.parts) parts.push(part)
  return list
}

function checkedList(raw: unknown, dialect: DomainDialect): unknown[] | Condition {
  if (Array.isArray(raw)) return raw
  if (!dialect.lenient) {
    throw assertionError("Domains to normalize must have a 'domain' form: a list or tuple of domain components")
  }
  if (typeof raw === 'boolean') return raw ? EVERYTHING : NOTHING
  throw typeError(`Domain() invalid argument type for domain: ${pythonRepr(raw)}`)
}

const ARITY: Readonly<Record<string, number>> = { '!': 1, '&': 2, '|': 2 }

/** The tokens with every missing `&` in front. */
function normalized(tokens: readonly unknown[], dialect: DomainDialect): unknown[] {
  const result: unknown[] = []
  let extra = 0
  let expected = 1
  for (const token of tokens) {
    if (expected === 0) {
      extra += 1
      expected = 1
    }
    const arity = typeof token === 'string' ? ARITY[token] : undefined
    expected += (arity ?? 0) - 1
    result.push(token)
  }
  if (expected > 0 && tokens.length > 0) throw malformed(tokens, dialect)
  return [...Array<string>(extra).fill('&'), ...result]
}

function malformed(tokens: readonly unknown[], dialect: DomainDialect): OdooFault {
  return valueError(
    dialect.style === 'conditions'
      ? `Domain() malformed domain ${pythonRepr(tokens)}`
      : `Domain ${pythonRepr(tokens)} is syntactically not correct.`,
  )
}

function parseTerm(token: unknown, dialect: DomainDialect): Condition {
  const [path, written, value] = checkedTriple(token, dialect)
  if (path === 1 && value === 1) return EVERYTHING
  if (path === 0 && value === 1) return NOTHING
  const operator = knownOperator(path, written, value, dialect)
  if (typeof path !== 'string') {
    throw dialect.style === 'conditions'
      ? typeError(`Domain() invalid arguments: ${pythonTuple([path, written, value])}`)
      : attributeError(`'${pythonType(path)}' object has no attribute 'split'`)
  }
  return settled({ kind: 'term', path, operator, value }, dialect)
}

function checkedTriple(token: unknown, dialect: DomainDialect): [unknown, unknown, unknown] {
  if (Array.isArray(token) && token.length === 3) return [token[0], token[1], token[2]]
  if (dialect.style === 'conditions') throw valueError(`Domain() invalid item in domain: ${pythonRepr(token)}`)
  if (!Array.isArray(token)) throw typeError(`'${pythonType(token)}' object is not subscriptable`)
  throw valueError(
    token.length > 3
      ? 'too many values to unpack (expected 3)'
      : `not enough values to unpack (expected 3, got ${token.length})`,
  )
}

const OPERATORS = new Set([
  ...['=', '!=', '<>', '<', '<=', '>', '>=', '=?', '=like', '=ilike', 'like', 'not like', 'ilike', 'not ilike'],
  ...['in', 'not in', 'child_of', 'parent_of', 'any', 'not any'],
])

const LENIENT_OPERATORS = new Set(['==', 'not =like', 'not =ilike'])

function knownOperator(path: unknown, operator: unknown, value: unknown, dialect: DomainDialect): string {
  if (typeof operator === 'string') {
    if (OPERATORS.has(operator)) return operator === '<>' ? '!=' : operator
    const lower = operator.toLowerCase()
    if (dialect.lenient && (OPERATORS.has(lower) || LENIENT_OPERATORS.has(lower))) return LENIENT[lower] ?? lower
  }
  const quoted = pythonTuple([path, operator, value])
  throw valueError(
    dialect.style === 'conditions' ? `Invalid operator in condition ${quoted}` : `Invalid leaf ${quoted}`,
  )
}

const LENIENT: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' }

/** Operator and value brought into agreement: a list asks for `in`, a single value for `=`. */
function settled(term: Term, dialect: DomainDialect): Condition {
  const { operator, value } = term
  checkHashable(term, dialect)
  if (Array.isArray(value)) {
    if (operator === '=') return { ...term, operator: 'in' }
    if (operator === '!=') return { ...term, operator: 'not in' }
    return term
  }
  if (operator !== 'in' && operator !== 'not in') return term
  // Odoo reads `in False` as `= False`, in every version.
  if (dialect.lenient || typeof value === 'boolean') {
    return { ...term, operator: operator === 'in' ? '=' : '!=' }
  }
  // A list field may be compared so, see `membership` for the others.
  return term
}

const SETS: ReadonlySet<string> = new Set(['=', '!=', 'in', 'not in'])

/** From 19 on Python puts what a field may equal into a set, which takes no lists and no objects. */
function checkHashable({ operator, value }: Term, dialect: DomainDialect): void {
  if (dialect.style !== 'conditions' || !SETS.has(operator)) return
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  const other = items.find((item) => typeof item === 'object' && item !== null)
  if (other !== undefined) throw unhashable(other)
}
