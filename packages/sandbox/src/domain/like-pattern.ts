import { NEVER, type Sql, sql } from '../sql/sql-text.ts'
import { letterCases } from './letter-cases.ts'

/** The longest pattern that SQLite takes (SQLITE_MAX_LIKE_PATTERN_LENGTH), bytes. A longer one finds nothing. */
const PATTERN_MAX = 50_000

/**
 * PostgreSQL's LIKE and ILIKE in SQLite: `%` and `_` are wild, a backslash takes their wildness. SQLite's own LIKE
 * ignores case for ASCII only; its GLOB respects case, has other wild characters, and takes a choice of letters for one.
 */
export function matches(column: Sql, pattern: string, ignoreCase: boolean): Sql {
  if (pattern.length > PATTERN_MAX) return NEVER
  if (ignoreCase && isAscii(pattern)) return sql`${column} LIKE ${pattern} ESCAPE ${'\\'}`
  const glob = globOf(pattern, ignoreCase ? anyCase : (letter) => letter)
  if (Buffer.byteLength(glob) > PATTERN_MAX) return NEVER
  const run = ignoreCase ? longestRun(pattern) : ''
  // LIKE is twice as fast as GLOB, and leaves few rows for it.
  return run === '' ? sql`${column} GLOB ${glob}` : sql`(${column} LIKE ${`%${run}%`} AND ${column} GLOB ${glob})`
}

/**
 * The longest piece of a pattern that SQLite's LIKE judges rightly: ASCII without wild characters, and without the letter
 * that has a case beyond ASCII, K (the Kelvin sign).
 */
function longestRun(pattern: string): string {
  const runs = pattern.match(/[^%_\\kK\u0080-\u{10ffff}]{2,}/gu) ?? []
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false
  return true
}

function globOf(pattern: string, letter: (character: string) => string): string {
  return pattern.replaceAll(/\\([\s\S])|[\s\S]/gu, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped, letter)
    if (found === '%') return '*'
    return found === '_' ? '?' : literal(found, letter)
  })
}

function literal(character: string, letter: (character: string) => string): string {
  return '*?['.includes(character) ? `[${character}]` : letter(character)
}

function anyCase(character: string): string {
  const cases = letterCases(character)
  return cases.length === 1 ? character : `[${cases.join('')}]`
}
