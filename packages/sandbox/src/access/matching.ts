import { compileCondition } from '../domain/compile-condition.ts'
import { parseCondition } from '../domain/parse-condition.ts'
import type { Scope } from '../domain/scope.ts'
import { type Condition, join, NOTHING } from '../engine/condition.ts'
import type { Orm } from '../engine/contract.ts'
import { recursionError } from '../fault/odoo-fault.ts'
import { hasColumn } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { identifier, listOf, NEVER, type Sql, sql } from '../sql/sql-text.ts'
import { checkFields } from './check-fields.ts'
import { checkModel } from './check-model.ts'
import { ruleCondition } from './rule-condition.ts'

/** A condition over one table, ready for a SELECT. */
export type Match = { readonly alias: Sql; readonly where: Sql }

/**
 * The records that a user finds by a condition: rights on the model are asked, rules are added, archived records are
 * left out unless `archived` is set or the condition itself speaks of `active`.
 */
export function match(
  orm: Orm,
  model: Model,
  condition: Condition,
  archived: boolean,
  place: Place = outermost(),
): Match {
  const narrowed = narrow(orm, model, condition)
  if (narrowed.kind === 'constant' && !narrowed.holds) return { alias: place.nextAlias(), where: NEVER }
  checkModel(orm, model, 'read')
  return matchNarrowed(orm, model, narrowed, archived, place)
}

/** The same without the rights on the model; how the records of a many2many field are found. */
export function matchByRules(
  orm: Orm,
  model: Model,
  condition: Condition,
  archived: boolean,
  place: Place = outermost(),
): Match {
  return matchNarrowed(orm, model, narrow(orm, model, condition), archived, place)
}

/** The condition with what the model itself adds to every search. */
function narrow(orm: Orm, model: Model, condition: Condition): Condition {
  const added = orm.engine.behaviours[model.name]?.narrowed?.(orm, condition)
  if (added === undefined) return condition
  return added === false ? NOTHING : join('all', condition, parseCondition(added, orm.engine.version.domain))
}

function matchNarrowed(orm: Orm, model: Model, condition: Condition, archived: boolean, place: Place): Match {
  const active = model.fields.get('active')
  const hides = !archived && active !== undefined && hasColumn(active) && !mentionsActive(condition)
  const shown = hides ? join('all', condition, ACTIVE) : condition
  const alias = place.nextAlias()
  const asked = compileCondition(scopeOf(orm, model, alias, place), shown)
  const rule = ruleCondition(orm, model.name, 'read')
  if (rule.kind === 'constant' && rule.holds) return { alias, where: asked }
  // A rule may look at what the user may not: it is read as superuser.
  const allowed = compileCondition(scopeOf(orm.asSuperuser(), model, alias, place), rule)
  return { alias, where: sql`(${asked}) AND (${allowed})` }
}

/** Which of the ids meet a condition; read as superuser, in no certain order. */
export function matchingIds(orm: Orm, model: Model, ids: readonly number[], condition: Condition): number[] {
  const place = outermost()
  const alias = place.nextAlias()
  const where = compileCondition(scopeOf(orm.asSuperuser(), model, alias, place), condition)
  const from = sql`SELECT ${alias}."id" AS "id" FROM ${identifier(model.table)} AS ${alias}`
  const found = orm.engine.db.all(sql`${from} WHERE ${alias}."id" IN ${listOf(ids)} AND (${where})`)
  return found.map((row) => Number(row.id))
}

const ACTIVE: Condition = { kind: 'term', path: 'active', operator: '=', value: true }

function scopeOf(orm: Orm, model: Model, alias: Sql, place: Place): Scope {
  return {
    orm,
    model,
    alias,
    matching(asking, target, condition, archived) {
      const found = match(asking, target, condition, archived, within(place))
      const from = sql`SELECT ${found.alias}."id" FROM ${identifier(target.table)} AS ${found.alias}`
      return sql`${from} WHERE ${found.where}`
    },
    requireReadable: (of, field) => checkFields(orm, of, [field], 'read'),
  }
}

function mentionsActive(condition: Condition): boolean {
  switch (condition.kind) {
    case 'constant':
      return false
    case 'term':
      return condition.path === 'active'
    case 'not':
      return mentionsActive(condition.part)
    default:
      return condition.parts.some(mentionsActive)
  }
}

/** Where a subquery stands in its statement. */
type Place = { readonly depth: number; readonly nextAlias: () => Sql }

/** How deep subqueries may nest; Odoo's own recursion gives up at about as many. */
const DEPTH_MAX = 100

/** Aliases start again with each statement: statements that are alike have the same text and stay prepared. */
function outermost(): Place {
  let count = 0
  return {
    depth: 0,
    nextAlias() {
      count += 1
      return { text: `t${count}`, params: [] }
    },
  }
}

function within(place: Place): Place {
  if (place.depth >= DEPTH_MAX) throw recursionError()
  return { ...place, depth: place.depth + 1 }
}
