import { checkFields } from '../../access/check-fields.ts'
import type { Orm } from '../../engine/contract.ts'
import { databaseError, type OdooFault, valueError } from '../../fault/odoo-fault.ts'
import type { Field } from '../../schema/field.ts'
import { fieldNamed, type Model } from '../../schema/model.ts'
import { identifier, type Sql, sql } from '../../sql/sql-text.ts'
import type { Joins } from '../joins.ts'

/** The records that are grouped: their table under an alias, and the joins of the statement. */
export type GroupSource = { readonly orm: Orm; readonly model: Model; readonly alias: Sql; readonly joins: Joins }

/** The column behind a field, through joins for one of another record; refuses what SQL cannot reach. */
export function fieldColumn(source: GroupSource, field: Field): Sql {
  const { orm, model, alias } = source
  checkFields(orm, model, [field], 'read')
  const { storage } = field
  if (storage.kind === 'column' && field.type !== 'binary') return sql`${alias}.${identifier(field.name)}`
  if (storage.kind !== 'path') throw notColumn(source, field)
  const inherited = storage.path[0] === model.row.inherits?.field
  if (!(field.store || inherited || orm.engine.version.groups.byRelated)) throw notColumn(source, field)
  return columnAtEnd(source, field, storage.path, '')
}

function columnAtEnd(source: GroupSource, field: Field, path: readonly string[], step: string): Sql {
  const { orm, model, alias, joins } = source
  const [head = '', ...rest] = path
  const first = fieldNamed(model, head)
  if (rest.length === 0) {
    if (first.storage.kind === 'path') return columnAtEnd(source, field, first.storage.path, step)
    if (first.storage.kind !== 'column' || first.type === 'binary') throw notColumn(source, field)
    return sql`${alias}.${identifier(head)}`
  }
  const target = orm.model(first.relation ?? '')
  const next = `${step}.${head}`
  const joined = joins.follow(target, sql`${alias}.${identifier(head)}`, next)
  return columnAtEnd({ ...source, model: target, alias: joined }, field, rest, next)
}

function notColumn({ orm, model }: GroupSource, field: Field): OdooFault {
  if (orm.engine.version.groups.byRelated) {
    return valueError(`Cannot convert ${model.name}.${field.name} to SQL because it is not stored`)
  }
  // Until 17 a stored field without a column goes to PostgreSQL.
  if (field.store) {
    return databaseError('UndefinedColumn', `column ${model.table}.${field.name} does not exist\n`)
  }
  return valueError(`Cannot convert field ${model.name}.${field.name} to SQL`)
}
