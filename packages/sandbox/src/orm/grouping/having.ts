import { valueError } from '../../fault/odoo-fault.ts'
import { listOf, type Sql, type SqlValue, sql } from '../../sql/sql-text.ts'
import { pythonTuple, pythonType } from '../../value/python-text.ts'
import { aggregateOf } from './aggregate.ts'
import type { GroupSource } from './group-source.ts'

const OPERATORS = ['in', 'not in', '<', '>', '<=', '>=', '=', '!=']

/** A condition on the aggregates of groups, written as a domain; nothing for none (odoo 19.0 models.py, _read_group_having). */
export function havingOf(source: GroupSource, having: unknown): Sql | undefined {
  const items: readonly unknown[] = Array.isArray(having) ? having : []
  const stack: Sql[] = []
  const pop = (): Sql => {
    const top = stack.pop()
    if (top === undefined) throw valueError('The having clause lacks a condition')
    return top
  }
  for (const item of items.toReversed()) {
    if (item === '!') stack.push(sql`(NOT ${pop()})`)
    else if (item === '&') stack.push(sql`(${pop()} AND ${pop()})`)
    else if (item === '|') stack.push(sql`(${pop()} OR ${pop()})`)
    else stack.push(comparison(source, item))
  }
  return stack.reduceRight<Sql | undefined>(
    (all, one) => (all === undefined ? one : sql`(${all} AND ${one})`),
    undefined,
  )
}

function comparison(source: GroupSource, item: unknown): Sql {
  if (!Array.isArray(item) || item.length !== 3) {
    throw valueError(`Invalid having clause of type ${pythonType(item)}: it should be a domain-like clause`)
  }
  const [left, operator, right] = item
  if (typeof operator !== 'string' || !OPERATORS.includes(operator)) {
    throw valueError(`Invalid having clause: supported comparators are ${pythonTuple(OPERATORS)}`)
  }
  const { column } = aggregateOf(source, String(left))
  if (operator === 'in') return sql`${column} IN ${listOf(valuesOf(right))}`
  if (operator === 'not in') return sql`${column} NOT IN ${listOf(valuesOf(right))}`
  const compared = sql`${valuesOf(right)[0] ?? null}`
  return { text: `${column.text} ${operator} ${compared.text}`, params: [...column.params, ...compared.params] }
}

function valuesOf(right: unknown): SqlValue[] {
  return (Array.isArray(right) ? right : [right]).map((value) =>
    typeof value === 'number' || typeof value === 'string' ? value : typeof value === 'boolean' ? Number(value) : null,
  )
}
