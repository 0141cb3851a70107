import { isStorableText } from '../literal/index.ts'
import { and, type Domain, type DomainScalar, type DomainValue, everything, not, nothing, or } from './ast.ts'
import { DomainError } from './error.ts'
import { type DomainLimits, domainLimits } from './limits.ts'
import { DOMAIN_OPERATORS, type DomainOperator, readOperator } from './operators.ts'

/** What is used up while parsing; shared with the domains inside `any`. */
type Budget = { readonly limits: Required<DomainLimits>; terms: number; values: number }

/** A part of the tree that waits for its operator, and how many levels it has below itself. */
type Operand = { readonly domain: Domain; readonly depth: number }

/**
 * Reads a domain in Odoo's list form: `&`, `|` and `!` stand before their operands, terms side by side mean `&`, a
 * term is `[path, operator, value]`, and `[1, '=', 1]` and `[0, '=', 1]` are everything and nothing.
 *
 * Stricter than Odoo where Odoo guesses: `in` needs a list, lists are flat and of scalars, and a path is made of names.
 * `=` and `!=` with a list become `in` and `not in`, as Odoo reads them.
 *
 * @example parseDomain(['|', ['name', 'ilike', 'ab'], ['id', 'in', [1, 2]]])
 * @throws DomainError and nothing else.
 * Source: odoo 18.0 osv/expression.py: normalize_domain, is_leaf, normalize_leaf.
 */
export function parseDomain(value: unknown, limits?: DomainLimits): Domain {
  return parseList(value, { limits: domainLimits(limits), terms: 0, values: 0 }, 0).domain
}

/**
 * From right to left with a stack, so that each operator finds its operands waiting. `level` is how deep the list
 * itself stands inside other domains.
 */
function parseList(value: unknown, budget: Budget, level: number): Operand {
  if (!Array.isArray(value)) throw new DomainError('malformed', 'A domain must be a list.')
  if (level > budget.limits.depthMax) throw tooDeep(budget)
  const waiting: Operand[] = []
  for (let index = value.length - 1; index >= 0; index -= 1) {
    const operand = parseItem(value[index], waiting, budget, level)
    if (level + operand.depth > budget.limits.depthMax) throw tooDeep(budget)
    waiting.push(operand)
  }
  const whole = combine(and, 'and', waiting.reverse())
  if (level + whole.depth > budget.limits.depthMax) throw tooDeep(budget)
  return whole
}

function parseItem(item: unknown, waiting: Operand[], budget: Budget, level: number): Operand {
  if (item === '&' || item === '|') {
    const [first, second] = [waiting.pop(), waiting.pop()]
    if (first === undefined || second === undefined) throw missingOperand(item, 'two operands')
    return item === '&' ? combine(and, 'and', [first, second]) : combine(or, 'or', [first, second])
  }
  countTerm(budget)
  if (item !== '!') return parseTerm(item, budget, level)
  const operand = waiting.pop()
  if (operand === undefined) throw missingOperand(item, 'one operand')
  return negate(operand)
}

function missingOperand(operator: string, wanted: string): DomainError {
  return new DomainError('malformed', `The operator '${operator}' needs ${wanted} after it.`)
}

/** A `not` is a level of its own, unless it takes another one away or turns a constant round. */
function negate({ domain, depth }: Operand): Operand {
  const negated = not(domain)
  if (negated.kind === 'not') return { domain: negated, depth: depth + 1 }
  return { domain: negated, depth: domain.kind === 'not' ? depth - 1 : depth }
}

/** Joins operands. A chain of the same operator is one level, however Odoo's prefix form nests it. */
function combine(join: typeof and, kind: 'and' | 'or', operands: readonly Operand[]): Operand {
  const domain = join(...operands.map((operand) => operand.domain))
  if (domain.kind !== kind) return { domain, depth: Math.max(0, ...operands.map((operand) => operand.depth)) }
  const depths = operands.map((operand) => (operand.domain.kind === kind ? operand.depth : operand.depth + 1))
  return { domain, depth: Math.max(...depths) }
}

function parseTerm(item: unknown, budget: Budget, level: number): Operand {
  if (!Array.isArray(item)) {
    throw new DomainError('malformed', "A domain holds terms [path, operator, value] and the operators '&', '|', '!'.")
  }
  if (item.length !== 3) throw new DomainError('malformed', 'A term of a domain has three parts.')
  const [left, operatorText, value] = item
  if (typeof operatorText !== 'string') {
    throw new DomainError('unknown_operator', 'The operator of a term must be a text.')
  }
  if (operatorText === '=' && value === 1 && left === 1) return { domain: everything, depth: 0 }
  if (operatorText === '=' && value === 1 && left === 0) return { domain: nothing, depth: 0 }
  const path = parsePath(left, budget)
  if (operatorText === 'any' || operatorText === 'not any') {
    const inner = parseList(value, budget, level + 1)
    const domain: Domain = { kind: 'any', path, negated: operatorText === 'not any', domain: inner.domain }
    return { domain, depth: inner.depth + 1 }
  }
  const operator = readOperator(operatorText)
  if (operator === undefined) throw unknownOperator(operatorText)
  const checked = parseValue(operator, value, budget)
  return { domain: { kind: 'leaf', path, operator: listOperator(operator, checked), value: checked }, depth: 0 }
}

/** Names the operator, unless it is so long that it is something else. */
function unknownOperator(text: string): DomainError {
  const named = text.length <= 20 && isStorableText(text) ? `the operator '${text}', which` : 'an operator that'
  return new DomainError('unknown_operator', `A domain has ${named} is not known.`)
}

/** Each step is a name: what Odoo could take for code, for SQL or for a private attribute of Python is none. */
function parsePath(value: unknown, budget: Budget): readonly string[] {
  if (typeof value !== 'string') throw new DomainError('malformed', 'The first part of a term must be a field.')
  if (value.length > budget.limits.lengthMax) throw new DomainError('too_long', 'The path of a field is too long.')
  const steps = value.split('.')
  if (!steps.every((step) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(step))) {
    throw new DomainError('malformed', 'The first part of a term must be field names, joined by dots.')
  }
  if (steps.length > budget.limits.depthMax) throw tooDeep(budget)
  return steps
}

function parseValue(operator: DomainOperator, value: unknown, budget: Budget): DomainValue {
  const { values } = DOMAIN_OPERATORS[operator]
  if (!Array.isArray(value)) {
    if (values === 'list') throw new DomainError('bad_value', `The operator '${operator}' needs a list.`)
    return parseScalar(value, budget)
  }
  if (values === 'scalar') throw new DomainError('bad_value', `The operator '${operator}' takes no list.`)
  budget.values += value.length
  if (budget.values > budget.limits.valuesMax) {
    throw new DomainError('too_many_terms', `The lists of a domain hold more than ${budget.limits.valuesMax} values.`)
  }
  return value.map((item) => parseScalar(item, budget))
}

function parseScalar(value: unknown, budget: Budget): DomainScalar {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      // Beyond 2^53 the value is no longer the one that was sent; as an id it would name another record. NaN fails too.
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) throw new DomainError('bad_value', 'A number is too large.')
      return value === 0 ? 0 : value
    case 'string':
      if (value.length > budget.limits.lengthMax) throw new DomainError('too_long', 'A text is too long.')
      if (!isStorableText(value)) throw new DomainError('bad_value', 'A text holds NUL or half of a surrogate pair.')
      return value
    default:
      if (value === null) return null
      throw new DomainError('bad_value', 'A value must be a text, a number, true, false, null or a flat list of these.')
  }
}

/** Odoo reads `=` with a list as `in` (odoo 18.0 osv/expression.py: normalize_leaf). */
function listOperator(operator: DomainOperator, value: DomainValue): DomainOperator {
  if (!Array.isArray(value)) return operator
  if (operator === '=') return 'in'
  return operator === '!=' ? 'not in' : operator
}

function countTerm(budget: Budget): void {
  budget.terms += 1
  if (budget.terms > budget.limits.termsMax) {
    throw new DomainError('too_many_terms', `A domain has more than ${budget.limits.termsMax} terms.`)
  }
}

function tooDeep(budget: Budget): DomainError {
  return new DomainError('too_deep', `A domain is nested deeper than ${budget.limits.depthMax}.`)
}
