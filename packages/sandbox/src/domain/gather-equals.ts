import type { Condition, Term } from '../engine/condition.ts'

/**
 * Makes one `in` of many `=` on the same field in an OR, and one `not in` of many `!=` in an AND. The same records match;
 * SQLite plans a list in no time, and thousands of equations for seconds.
 */
export function gatherEquals(kind: 'all' | 'either', parts: readonly Condition[]): readonly Condition[] {
  const [single, listed] = kind === 'either' ? ['=', 'in'] : ['!=', 'not in']
  const values = new Map<string, unknown[]>()
  const others: Condition[] = []
  for (const part of parts) {
    if (!isEquation(part, single)) others.push(part)
    else {
      const list = values.get(part.path)
      if (list === undefined) values.set(part.path, [part.value])
      else list.push(part.value)
    }
  }
  for (const [path, list] of values) {
    const [value] = list
    others.push({
      kind: 'term',
      path,
      ...(list.length === 1 ? { operator: single, value } : { operator: listed, value: list }),
    })
  }
  return others
}

/** Only text and numbers of plain paths: `= false` and `= ''` have a meaning of their own. */
function isEquation(part: Condition, operator: string): part is Term {
  if (part.kind !== 'term' || part.operator !== operator || part.path.includes('.')) return false
  return typeof part.value === 'number' || (typeof part.value === 'string' && part.value !== '')
}
