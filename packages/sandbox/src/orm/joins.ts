import type { Model } from '../schema/model.ts'
import { identifier, joinSql, type Sql, sql } from '../sql/sql-text.ts'

/** The LEFT JOINs of one statement along many2one fields. */
export type Joins = {
  /** The alias of the record that a many2one column leads to; one step, named by its path, is joined once. */
  follow(target: Model, column: Sql, step: string): Sql
  /** Joins something else; answers its alias. */
  join(table: Sql, on: (alias: Sql) => Sql): Sql
  /** All joins, to stand behind FROM. */
  text(): Sql
}

/** No joins yet. Aliases are `o1`, `o2` and so on. */
export function openJoins(): Joins {
  const parts: Sql[] = []
  const aliases = new Map<string, Sql>()
  const join = (table: Sql, on: (alias: Sql) => Sql): Sql => {
    const alias: Sql = { text: `o${parts.length + 1}`, params: [] }
    parts.push(sql` LEFT JOIN ${table} AS ${alias} ON ${on(alias)}`)
    return alias
  }
  return {
    follow(target, column, step) {
      const known = aliases.get(step)
      if (known !== undefined) return known
      const alias = join(identifier(target.table), (next) => sql`${next}."id" = ${column}`)
      aliases.set(step, alias)
      return alias
    },
    join,
    text: () => joinSql(parts, ''),
  }
}
