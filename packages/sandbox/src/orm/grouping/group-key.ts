import { matchByRules } from '../../access/matching.ts'
import { dateColumn } from '../../domain/date-column.ts'
import { EVERYTHING } from '../../engine/condition.ts'
import { valueError } from '../../fault/odoo-fault.ts'
import type { Field } from '../../schema/field.ts'
import type { Model } from '../../schema/model.ts'
import { identifier, type Sql, sql } from '../../sql/sql-text.ts'
import { DATE_PARTS, SPANS } from '../../time/date-group.ts'
import { pythonRepr } from '../../value/python-text.ts'
import { fieldColumn, type GroupSource } from './group-source.ts'

/** What records are grouped by. */
export type GroupKey = {
  /** As it was asked for: `field`, `field:granularity`, and in 19 `many2one.field`. */
  readonly spec: string
  /** The many2one fields in front, and the field at the end. */
  readonly path: readonly Field[]
  readonly field: Field
  /** The model that has the field. */
  readonly model: string
  /** Of a day or a moment: the name of a span or of a number. */
  readonly granularity: string | undefined
  readonly column: Sql
}

/** A specification in its parts (odoo 18.0 models.py, parse_read_group_spec). */
export type GroupSpec = {
  readonly field: string
  readonly rest: string | undefined
  readonly func: string | undefined
}

/** Splits `field`, `field.rest`, `field:func`; anything else is refused. */
export function parseGroupSpec(spec: string): GroupSpec {
  const [, field, rest, func] = /^(\w+)(?:\.([\w.]+))?(?::(\w+))?$/.exec(spec) ?? []
  if (field === undefined) {
    throw valueError(
      `Invalid aggregate/groupby specification ${pythonRepr(spec)}.\n` +
        '- Valid aggregate specification looks like "<field_name>:<agg>" example: "quantity:sum".\n' +
        '- Valid groupby specification looks like "<no_datish_field_name>" or "<datish_field_name>:<granularity>" ' +
        'example: "date:month" or "<properties_field_name>.<property>:<granularity>".',
    )
  }
  return { field, rest, func }
}

/** Reads what to group by and adds the joins that it needs (odoo 18.0 models.py, _read_group_groupby). */
export function groupKey(source: GroupSource, spec: string): GroupKey {
  return keyOf(source, spec, parseGroupSpec(spec), [])
}

function keyOf(source: GroupSource, spec: string, parsed: GroupSpec, path: readonly Field[]): GroupKey {
  const { model } = source
  const field = model.fields.get(parsed.field)
  if (field === undefined) throw unknownGroupField(model, parsed.field)
  const { rest, func: granularity } = parsed
  if (field.type === 'properties') throw valueError('You must choose the property you want to group by.')
  if (rest !== undefined) {
    if (!source.orm.engine.version.groups.alongPaths) {
      throw valueError(`Property access on non-property field: ${pythonRepr(spec)}`)
    }
    if (field.type !== 'many2one') {
      throw valueError(`Only many2one path is accepted for the ${pythonRepr(spec)} groupby spec`)
    }
    const next = parseGroupSpec(granularity === undefined ? rest : `${rest}:${granularity}`)
    return keyOf(visibleTarget(source, field), spec, next, [...path, field])
  }
  const dated = field.type === 'date' || field.type === 'datetime'
  if (granularity !== undefined && !dated) {
    throw valueError(`Granularity set on a no-datetime field or property: ${pythonRepr(spec)}`)
  }
  return { spec, path, field, model: model.name, granularity, column: keyColumn(source, field, spec, granularity) }
}

function keyColumn(source: GroupSource, field: Field, spec: string, granularity: string | undefined): Sql {
  if (field.type === 'many2many') return linkedColumn(source, field, spec)
  const column = fieldColumn(source, field)
  if (field.type === 'boolean') return sql`COALESCE(${column}, 0)`
  if (field.type !== 'date' && field.type !== 'datetime') return column
  if (granularity === undefined) throw valueError(`Granularity not set on a date(time) field: ${pythonRepr(spec)}`)
  const known = granularity in SPANS || (granularity in DATE_PARTS && source.orm.engine.version.datesHaveParts)
  if (!known) throw valueError(`Granularity specification isn't correct: ${pythonRepr(granularity)}`)
  return dateColumn(source.orm, column, granularity)
}

/** The records of the other side that the user may see; a record without any is in the group of none. */
function linkedColumn({ orm, model, alias, joins }: GroupSource, field: Field, spec: string): Sql {
  const { storage } = field
  if (storage.kind !== 'relation') throw valueError(`Group by non-stored many2many field: ${pythonRepr(spec)}`)
  const target = orm.model(field.relation ?? '')
  const here = identifier(storage.left)
  const there = identifier(storage.right)
  const linked = joins.join(
    identifier(storage.table),
    (next) => sql`${next}.${here} = ${alias}."id" AND ${next}.${there} IN (${visible({ orm, model }, target)})`,
  )
  return sql`${linked}.${there}`
}

/** The record that a many2one leads to, if the user may see it. */
function visibleTarget(source: GroupSource, field: Field): GroupSource {
  const target = source.orm.model(field.relation ?? '')
  const column = fieldColumn(source, field)
  const alias = source.joins.join(
    identifier(target.table),
    (next) => sql`${next}."id" = ${column} AND ${next}."id" IN (${visible(source, target)})`,
  )
  return { ...source, model: target, alias }
}

function visible({ orm }: Pick<GroupSource, 'orm' | 'model'>, target: Model): Sql {
  const { alias, where } = matchByRules(orm, target, EVERYTHING, true)
  return sql`SELECT ${alias}."id" FROM ${identifier(target.table)} AS ${alias} WHERE ${where}`
}

/** The refusal of a field that the model does not have. */
export function unknownGroupField(model: Model, name: string): Error {
  return valueError(`Invalid field ${pythonRepr(name)} on model ${pythonRepr(model.name)}`)
}
