import { pythonTruth } from '../value/python-text.ts'
import type { DomainDialect } from '../version/domain-dialect.ts'

/**
 * Domains joined by AND, in Odoo's own notation, as `__domain` of a group has it. What holds always is left out. Until
 * 18 each keeps its own operators; from 19 on all `&` stand in front (odoo 18.0 osv/expression.py, AND; odoo 19.0
 * orm/domains.py, Domain.AND).
 */
export function joinDomains(domains: readonly unknown[], dialect: DomainDialect): unknown[] {
  const flat = dialect.style === 'conditions'
  const lists = domains.map((domain) => (Array.isArray(domain) ? domain : []))
  if (!flat) {
    const parts = lists.filter((list) => list.length > 0 && !isTruth(list)).map(withOperators)
    if (parts.length === 0) return []
    return [...Array<string>(parts.length - 1).fill('&'), ...parts.flat()]
  }
  const parts = lists.flatMap((list) => (list.length === 0 ? [] : conjuncts(list))).filter((part) => !isTruth(part))
  if (parts.length === 0) return [TRUTH]
  return [...Array<string>(parts.length - 1).fill('&'), ...parts.flat()]
}

const TRUTH = [1, '=', 1]

/** Is the domain only `(1, '=', 1)`? */
function isTruth(list: readonly unknown[]): boolean {
  const [term, ...rest] = list
  return rest.length === 0 && Array.isArray(term) && term[0] === 1 && term[1] === '=' && term[2] === 1
}

/** Every missing `&` in front; an empty domain inside `any` is the truth. */
function withOperators(list: readonly unknown[]): unknown[] {
  let extra = 0
  let expected = 1
  for (const token of list) {
    if (expected === 0) {
      extra += 1
      expected = 1
    }
    expected += token === '&' || token === '|' ? 1 : token === '!' ? 0 : -1
  }
  return [...Array<string>(extra).fill('&'), ...list.map(settled)]
}

function settled(token: unknown): unknown {
  if (!Array.isArray(token) || (token[1] !== 'any' && token[1] !== 'not any') || !Array.isArray(token[2])) return token
  return [token[0], token[1], pythonTruth(token[2]) ? withOperators(token[2]) : [TRUTH]]
}

/** The parts of a domain that all have to hold. Any depth: nothing here stands on the stack. */
function conjuncts(list: readonly unknown[]): unknown[][] {
  const parts: unknown[][] = []
  let at = 0
  while (at < list.length) {
    const start = at
    let expected = 1
    if (list[at] === '&') {
      at += 1
      continue
    }
    for (; expected > 0 && at < list.length; at += 1) {
      const token = list[at]
      expected += token === '&' || token === '|' ? 1 : token === '!' ? 0 : -1
    }
    parts.push(denied(list.slice(start, at)))
  }
  return parts
}

/** `!` in front of a comparison that has an opposite. */
function denied(part: unknown[]): unknown[] {
  const [not, term] = part
  if (not !== '!' || part.length !== 2 || !Array.isArray(term)) return part
  const opposite = OPPOSITES.get(String(term[1]))
  return opposite === undefined ? part : [[term[0], opposite, term[2]]]
}

const OPPOSITES = new Map(
  ['=', 'in', 'like', 'ilike', 'any']
    .map((operator): [string, string] => [operator, operator === '=' ? '!=' : `not ${operator}`])
    .flatMap(([one, other]): [string, string][] => [
      [one, other],
      [other, one],
    ]),
)
