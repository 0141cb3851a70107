/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }

/** Whether the value is an object with members. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value is a list. `Array.isArray` alone does not narrow read-only lists. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** Parses JSON so that `JSON.stringify` writes every number as it was read: `15.0`, 2^63. */
export function parseExactly(text: string): Json {
  return JSON.parse(text, keepSource as (key: string, value: unknown) => unknown)
}

/** The member or element at a dotted path (`result.0.id`); undefined where there is none. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((inner, name) => {
    if (isList(inner)) return inner[Number(name)]
    return isObject(inner) ? inner[name] : undefined
  }, value)
}

/** The value with every text in it replaced by what `replace` makes of it; names of members are left alone. */
export function mapTexts(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value)
  if (isList(value)) return value.map((item) => mapTexts(item, replace))
  if (!isObject(value) || rawJson.isRawJSON(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, replace)]))
}

/** Whether the value is a number whose source is kept (`parseExactly`). */
export function isExactNumber(value: unknown): boolean {
  return rawJson.isRawJSON(value)
}

/** Present since Node.js 21 (ECMAScript proposal "JSON.parse source text access"), missing in the types of ES2024. */
const rawJson = JSON as unknown as { rawJSON(text: string): JsonObject; isRawJSON(value: unknown): boolean }

function keepSource(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined || String(value) === context.source) return value
  return rawJson.rawJSON(context.source)
}
