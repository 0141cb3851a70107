import type { JsonObject, JsonValue } from '../kernel/json.ts'
import { isJsonObject } from '../kernel/json.ts'
import { httpErrors } from './errors.ts'

/** How deep a body may be nested: levels of lists and objects. */
export const JSON_DEPTH_MAX = 64

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads the bytes of a JSON body. Of a key that is written twice the last counts (RFC 8259 §4 leaves it open).
 *
 * @returns undefined for no bytes at all: some clients name a media type on every call, with a body or without
 * @throws body.malformed, body.too_deep, body.bad_text
 */
export function readJson(bytes: Uint8Array): JsonValue | undefined {
  if (bytes.length === 0) return undefined
  const text = decode(bytes)
  refuseDepth(text)
  const value = parse(text)
  // Only an escape can bring a lone surrogate or a NUL in: the bytes themselves were valid UTF-8.
  if (text.includes('\\u') || text.includes('\0')) refuseBadText(value)
  return value
}

/**
 * Narrows a body to an object.
 *
 * @throws body.empty, body.not_an_object
 */
export function expectObject(body: unknown): JsonObject {
  if (body === undefined) throw httpErrors['body.empty']()
  if (!isJsonObject(body)) throw httpErrors['body.not_an_object']()
  return body
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw httpErrors['body.bad_text']({ cause })
  }
}

/** `__proto__` is kept out: as an own key it would become a prototype in the first careless copy. */
function parse(text: string): JsonValue {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw httpErrors['body.malformed']({ cause })
  }
  if ((text.includes('__proto__') || text.includes('\\u')) && hasPrototypeKey(value)) {
    throw httpErrors['body.invalid']({ message: 'The request body has a key that is not accepted: __proto__.' })
  }
  return value as JsonValue
}

/** Counts brackets outside of texts, before anything recursive sees the body. */
function refuseDepth(text: string): void {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inText) {
      if (code === BACKSLASH) index++
      else if (code === QUOTE) inText = false
    } else if (code === QUOTE) inText = true
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth++
      if (depth > JSON_DEPTH_MAX) throw tooDeep()
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
  }
}

function tooDeep(): Error {
  const message = `The request body is nested too deeply: ${JSON_DEPTH_MAX} levels are the limit.`
  return httpErrors['body.too_deep']({ message })
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** The depth is bounded by now, so that recursion is safe. */
function refuseBadText(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) throw httpErrors['body.bad_text']()
  } else if (Array.isArray(value)) {
    for (const item of value) refuseBadText(item)
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      refuseBadText(key)
      refuseBadText(item)
    }
  }
}

function hasPrototypeKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPrototypeKey)
  if (!isJsonObject(value)) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey)
}
