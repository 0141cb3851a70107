import { OdooFault, valueError } from '../../fault/odoo-fault.ts'
import { joinSql, type Sql } from '../../sql/sql-text.ts'
import { pythonRepr } from '../../value/python-text.ts'
import { orderBy } from '../order.ts'
import { aggregateOf } from './aggregate.ts'
import type { GroupKey } from './group-key.ts'
import type { GroupSource } from './group-source.ts'

const PART = /^\s*([a-z0-9_]+(?:\.[\w.]+)?(?::[a-z_]+)?)(?:\s+(desc|asc))?(?:\s+(nulls\s+first|nulls\s+last))?\s*$/i

/**
 * The order of groups: by what they are grouped by, a many2one in the order of its model, or by aggregates. Without an
 * order they come by their keys' raw values (odoo 18.0 models.py, _read_group_orderby).
 */
export function groupOrder(source: GroupSource, keys: readonly GroupKey[], order: string): Sql {
  if (order === '')
    return joinSql(
      keys.map((key) => directed(key.column, undefined, undefined)),
      ', ',
    )
  const terms: Sql[] = []
  for (const part of order.split(',')) {
    const [, term, direction, nulls] = PART.exec(part) ?? []
    if (term === undefined) throw valueError(`Invalid order ${pythonRepr(order)} for _read_group()`)
    const key = keys.find(({ spec }) => spec === term)
    if (key === undefined) terms.push(directed(aggregateColumn(source, term, part), direction, nulls))
    else if (key.field.type === 'many2one' && key.path.length === 0) {
      const along = orderBy(
        source.orm,
        source.model,
        source.alias,
        `${term} ${direction ?? ''} ${nulls ?? ''}`,
        source.joins,
      )
      if (along.text !== '') terms.push(along)
    } else terms.push(directed(key.column, direction, nulls))
  }
  return joinSql(terms, ', ')
}

function aggregateColumn(source: GroupSource, term: string, part: string): Sql {
  try {
    return aggregateOf(source, term).column
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'builtins.ValueError') throw error
    throw valueError(`Order term ${pythonRepr(part)} is not a valid aggregate nor valid groupby`)
  }
}

/** As in PostgreSQL, unset comes last, first when descending. */
function directed(column: Sql, direction: string | undefined, nulls: string | undefined): Sql {
  const descending = direction?.toLowerCase() === 'desc'
  const first = nulls === undefined ? descending : nulls.toLowerCase().endsWith('first')
  return {
    text: `${column.text} ${descending ? 'DESC' : 'ASC'} NULLS ${first ? 'FIRST' : 'LAST'}`,
    params: column.params,
  }
}
