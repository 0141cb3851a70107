import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts'

/** One value that differs: where (`exposures.res.partner.verbs`), and what was and is there. */
export type Difference = {
  readonly path: string
  readonly before: JsonValue | undefined
  readonly after: JsonValue | undefined
}

/** The values in which two objects differ, member by member; a list is one value. */
export function differences(before: JsonObject, after: JsonObject, path = ''): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name): readonly Difference[] => {
    const here = path === '' ? name : `${path}.${name}`
    const [left, right] = [before[name], after[name]]
    if (isDeepStrictEqual(left, right)) return []
    const bothObjects = isJsonObject(left ?? {}) && isJsonObject(right ?? {})
    if (bothObjects && (left !== undefined || right !== undefined)) {
      const inside = differences((left ?? {}) as JsonObject, (right ?? {}) as JsonObject, here)
      if (inside.length > 0) return inside
    }
    return [{ path: here, before: left, after: right }]
  })
}
