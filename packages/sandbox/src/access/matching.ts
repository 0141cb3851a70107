import { compileCondition } from '../domain/compile-condition.ts'
import { type Condition, join } from '../domain/condition.ts'
import type { Scope } from '../domain/scope.ts'
import type { Orm } from '../engine/contract.ts'
import { hasColumn } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { identifier, listOf, type Sql, sql } from '../sql/sql-text.ts'
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
  nextAlias: NextAlias = aliasCounter(),
): Match {
  checkModel(orm, model, 'read')
  return matchByRules(orm, model, condition, archived, nextAlias)
}

/** The same without the rights on the model; how the records of a many2many field are found. */
export function matchByRules(
  orm: Orm,
  model: Model,
  condition: Condition,
  archived: boolean,
  nextAlias: NextAlias = aliasCounter(),
): Match {
  const active = model.fields.get('active')
  const hides = !archived && active !== undefined && hasColumn(active) && !mentionsActive(condition)
  const shown = hides ? join('all', condition, ACTIVE) : condition
  const alias = nextAlias()
  const asked = compileCondition(scopeOf(orm, model, alias, nextAlias), shown)
  const rule = ruleCondition(orm, model.name, 'read')
  if (rule.kind === 'constant' && rule.holds) return { alias, where: asked }
  // A rule may look at what the user may not: it is read as superuser.
  const allowed = compileCondition(scopeOf(orm.asSuperuser(), model, alias, nextAlias), rule)
  return { alias, where: sql`(${asked}) AND (${allowed})` }
}

/** Which of the ids meet a condition; read as superuser, in no certain order. */
export function matchingIds(orm: Orm, model: Model, ids: readonly number[], condition: Condition): number[] {
  const nextAlias = aliasCounter()
  const alias = nextAlias()
  const where = compileCondition(scopeOf(orm.asSuperuser(), model, alias, nextAlias), condition)
  const from = sql`SELECT ${alias}."id" AS "id" FROM ${identifier(model.table)} AS ${alias}`
  const found = orm.engine.db.all(sql`${from} WHERE ${alias}."id" IN ${listOf(ids)} AND (${where})`)
  return found.map((row) => Number(row.id))
}

const ACTIVE: Condition = { kind: 'term', path: 'active', operator: '=', value: true }

function scopeOf(orm: Orm, model: Model, alias: Sql, nextAlias: NextAlias): Scope {
  return {
    orm,
    model,
    alias,
    matching(asking, target, condition, archived) {
      const found = match(asking, target, condition, archived, nextAlias)
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

/** Aliases start again with each statement: statements that are alike have the same text and stay prepared. */
type NextAlias = () => Sql

function aliasCounter(): NextAlias {
  let count = 0
  return () => {
    count += 1
    return { text: `t${count}`, params: [] }
  }
}
