import type { Condition } from '../engine/condition.ts'
import type { Orm } from '../engine/contract.ts'
import { valueError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { inverseCondition } from '../sql/inverse-condition.ts'
import { identifier, type Sql, sql } from '../sql/sql-text.ts'

/** What a condition is compiled against: the records' table under an alias, and the means to look into others. */
export type Scope = {
  readonly orm: Orm
  readonly model: Model
  readonly alias: Sql
  /**
   * `SELECT id …` of the records of a model that match, with the rights and rules of the user who asks. `archived`:
   * look at archived records, too.
   */
  matching(orm: Orm, model: Model, condition: Condition, archived: boolean): Sql
  /** Refuses a field that is kept from the user. */
  requireReadable(model: Model, field: Field): void
}

/** The records whose field leads into a set of ids. */
export function linkedTo(scope: Scope, field: Field, ids: Sql): Sql {
  const { alias } = scope
  switch (field.storage.kind) {
    case 'column':
      return sql`${alias}.${identifier(field.name)} IN (${ids})`
    case 'inverse': {
      const table = identifier(scope.orm.model(field.relation ?? '').table)
      const back = identifier(field.storage.inverse)
      const linking = sql`${back} IS NOT NULL${inverseCondition(scope.model, field.storage)}`
      return sql`${alias}."id" IN (SELECT ${back} FROM ${table} WHERE ${linking} AND "id" IN (${ids}))`
    }
    case 'relation': {
      const { table, left, right } = field.storage
      const from = sql`SELECT ${identifier(left)} FROM ${identifier(table)}`
      return sql`${alias}."id" IN (${from} WHERE ${identifier(right)} IN (${ids}))`
    }
    default:
      throw valueError(`Cannot convert ${scope.model.name}.${field.name} to SQL because it is not stored`)
  }
}
