import { type Sql, sql } from '../sql/sql-text.ts'

/**
 * PostgreSQL's LIKE and ILIKE in SQLite: `%` and `_` are wild, a backslash takes their wildness. SQLite's own LIKE
 * ignores case for ASCII only, its GLOB respects case and has other wild characters.
 */
export function matches(column: Sql, pattern: string, ignoreCase: boolean): Sql {
  if (!ignoreCase) return sql`${column} GLOB ${globOf(pattern)}`
  if (isAscii(pattern)) return sql`${column} LIKE ${pattern} ESCAPE ${'\\'}`
  return sql`unicode_lower(${column}) LIKE ${pattern.toLowerCase()} ESCAPE ${'\\'}`
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false
  return true
}

function globOf(pattern: string): string {
  return pattern.replaceAll(/\\([\s\S])|[%_*?[\]]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped)
    if (found === '%') return '*'
    return found === '_' ? '?' : literal(found)
  })
}

function literal(character: string): string {
  return '*?['.includes(character) ? `[${character}]` : character
}
