import { existingIds } from '../../access/check-records.ts'
import type { Orm } from '../../engine/contract.ts'
import type { Field } from '../../schema/field.ts'
import type { Model } from '../../schema/model.ts'
import { externalIdNamed } from '../external-ids.ts'
import { nameSearchIds } from '../name-search.ts'
import type { RawRecord } from './extract-records.ts'
import { ImportProblem } from './import-message.ts'
import { readBoolean } from './read-boolean.ts'

/** How a record is named: `''` by its name, `id` by an external id, `.id` by its id. */
export const REFERENCES: ReadonlySet<string> = new Set(['', 'id', '.id'])

/** Which way a record of a relation is named; more than one is ambiguous, other fields are not for here. */
export function referenceIn(record: RawRecord): { readonly by: string; readonly value: unknown } {
  const names = [...record.keys()]
  if (names.some((name) => !REFERENCES.has(name))) {
    throw new ImportProblem('Can not create Many-To-One records indirectly, import the field separately')
  }
  if (names.length > 1) {
    throw new ImportProblem(
      "Ambiguous specification for field '%(field)s', only provide one of name, external id or database id",
    )
  }
  const [by = ''] = names
  return { by, value: record.get(by) }
}

/** Where a reference stands, and what it takes to find its record. */
export type Lookup = {
  readonly orm: Orm
  readonly field: Field
  readonly warn: (problem: ImportProblem) => void
  /** Sees to it that records of the model that stand further up in the table can be found. */
  readonly settle: (target: Model) => void
}

/**
 * The id that a reference means, `false` for none. An unknown one is a problem, several of one name are a warning
 * (odoo 18.0 ir_fields.py, db_id_for).
 */
export function findReference({ orm, field, warn, settle }: Lookup, by: string, value: string): number | false {
  const target = orm.model(field.relation ?? '')
  if (by !== '.id') settle(target)
  const finders: Readonly<Record<string, () => number | false | undefined>> = {
    '.id': () => byId(orm, target, value),
    id: () => byExternalId(orm, target, value),
    '': () => byName(orm, target, value, warn),
  }
  const found = finders[by]?.()
  if (found !== undefined) return found
  const kind = by === '.id' ? 'database id' : by === 'id' ? 'external id' : 'name'
  throw new ImportProblem(`No matching record found for ${kind} '${value}' in field '%(field)s'`, {
    moreinfo: possibleValues(orm, target, by),
  })
}

function byId(orm: Orm, target: Model, value: string): number | false | undefined {
  if (readBoolean(value) === false) return false
  if (!/^\s*[+-]?\d+\s*$/.test(value)) {
    throw new ImportProblem(`Invalid database id '${value}' for the field '%(field)s'`, {
      moreinfo: possibleValues(orm, target, '.id'),
    })
  }
  const id = Number(value)
  return existingIds(orm, target, [id]).has(id) ? id : undefined
}

function byExternalId(orm: Orm, target: Model, value: string): number | false | undefined {
  if (readBoolean(value) === false) return false
  const name = fullName(orm, value)
  const found = externalIdNamed(orm, name)
  if (found === undefined || !orm.engine.schema.models.has(found.model)) return undefined
  if (!existingIds(orm, orm.model(found.model), [found.resId]).has(found.resId)) return undefined
  if (found.model === target.name) return found.resId
  throw new ImportProblem(`Invalid external ID ${name}: expected model '${target.name}', found '${found.model}'`)
}

/** A name without a dot belongs to the module of the context, else to `__import__`. */
export function fullName(orm: Orm, name: string): string {
  if (name.includes('.')) return name
  return `${typeof orm.context.module === 'string' ? orm.context.module : '__import__'}.${name}`
}

function byName(
  orm: Orm,
  target: Model,
  value: string,
  warn: (problem: ImportProblem) => void,
): number | false | undefined {
  if (value === '') return false
  const ids = nameSearchIds(orm, target, { name: value, domain: [], operator: '=', limit: 100 })
  if (ids.length > 1) {
    const text = `Found multiple matches for value "${value}" in field "%(field)s" (${ids.length} matches)`
    warn(new ImportProblem(text, undefined, 'warning'))
  }
  return ids[0]
}

/** The action behind a message that lists what could have been meant. */
function possibleValues(orm: Orm, target: Model, by: string): Record<string, unknown> {
  const { listView } = orm.engine.version
  return {
    name: 'Possible Values',
    type: 'ir.actions.act_window',
    target: 'new',
    view_mode: `${listView},form`,
    views: [
      [false, 'list'],
      [false, 'form'],
    ],
    context: { create: false },
    help: 'See all possible values',
    ...(by === '' ? { res_model: target.name } : { res_model: 'ir.model.data', domain: [['model', '=', target.name]] }),
  }
}
