/** What SQLite takes as a parameter and gives back in a row. */
export type SqlValue = string | number | null

/** A piece of SQL with the values for its question marks, in order. */
export type Sql = { readonly text: string; readonly params: readonly SqlValue[] }

/**
 * Writes SQL: pieces of SQL are taken over with their parameters, everything else becomes a parameter. So a value of a
 * caller cannot become text.
 *
 * @example sql`SELECT id FROM ${identifier(table)} WHERE name = ${name}`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  let text = strings[0] ?? ''
  const params: SqlValue[] = []
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += part.text
      for (const param of part.params) params.push(param)
    } else {
      text += '?'
      params.push(part)
    }
    text += strings[index + 1]
  })
  return { text, params }
}

/** A table or column name. It must come from the schema; anything but a plain lower-case name is a programmer's mistake. */
export function identifier(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError('Not a name of the schema')
  return { text: `"${name}"`, params: [] }
}

/** Pieces in a row, with a separator of the program's own. */
export function joinSql(pieces: readonly Sql[], separator: string): Sql {
  return {
    text: pieces.map((piece) => piece.text).join(separator),
    params: pieces.flatMap((piece) => piece.params),
  }
}

/** A list of values as one parameter, for `IN`; so a list of 100,000 ids is one question mark. */
export function listOf(values: readonly SqlValue[]): Sql {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`
}

/**
 * Conditions joined by AND or OR as a balanced tree: SQLite refuses expressions deeper than 1,000, and a chain of
 * thousand terms is that deep.
 */
export function balanced(pieces: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first] = pieces
  if (first === undefined) return operator === 'AND' ? ALWAYS : NEVER
  if (pieces.length === 1) return first
  const middle = pieces.length >> 1
  const left = balanced(pieces.slice(0, middle), operator)
  const right = balanced(pieces.slice(middle), operator)
  return { text: `(${left.text} ${operator} ${right.text})`, params: [...left.params, ...right.params] }
}

/** Conditions that hold for every row, and for none. */
export const ALWAYS: Sql = { text: '1', params: [] }
export const NEVER: Sql = { text: '0', params: [] }

function isSql(part: Sql | SqlValue): part is Sql {
  return typeof part === 'object' && part !== null
}
