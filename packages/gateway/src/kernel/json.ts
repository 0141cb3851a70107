/** A value that JSON can carry. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object. Values may be `undefined` only in code; they are left out on the wire. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined }

/** True for a JSON object: neither `null` nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
