import { anyMoment, anything, type Expected, textLike } from '../compare/loose.ts'
import { isList, isObject, type Json } from '../json.ts'

/** What the recorder wrote in place of values that differ from run to run, and what may stand there. */
const PLACEHOLDERS: readonly (readonly [placeholder: string, stands: string])[] = [
  ['<traceback>', '[\\s\\S]*'],
  ['<now>', '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'],
  ['<expiration>', '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'],
  ['<host>', '[\\w.:\\[\\]-]+'],
  ['<hash>', '[0-9a-f]{16,}'],
  ['<uuid>', '[0-9a-f]{8}-[0-9a-f-]{27}'],
  ['<etag>', '\\S+'],
  ['<csrf-token>', '\\w+'],
  ['<access-token>', '[\\w-]+'],
  ['<field-access-token>', '[\\w-]+'],
  ['<session:[^>]*>', '[\\w-]+'],
  ['<api-key:[^>]*>', '[0-9a-f]+'],
  ['<base64 or long text: [^>]*>', '[\\s\\S]+'],
]

const ANY_PLACEHOLDER = new RegExp(PLACEHOLDERS.map(([placeholder]) => `(${placeholder})`).join('|'), 'g')

/** Members whose name the recorder kept while it cut their values away. */
const OTHER_KEYS = '<other keys>'

/** The recorded value with each placeholder loosened to what may stand in its place. */
export function readPlaceholders(value: Json): Expected {
  if (typeof value === 'string') return readText(value)
  if (isList(value)) return value.map(readPlaceholders)
  if (!isObject(value)) return value
  const { [OTHER_KEYS]: others, ...members } = value
  const cut = isList(others)
    ? Object.fromEntries(others.map((name): [string, Expected] => [String(name), anything]))
    : {}
  return {
    ...Object.fromEntries(Object.entries(members).map(([name, item]) => [name, readPlaceholders(item)])),
    ...cut,
  }
}

function readText(text: string): Expected {
  if (text === '<now>') return anyMoment
  let pattern = ''
  let end = 0
  for (const found of text.matchAll(ANY_PLACEHOLDER)) {
    const which = found.slice(1).findIndex((group) => group !== undefined)
    pattern += `${quoted(text.slice(end, found.index))}${PLACEHOLDERS[which]?.[1]}`
    end = found.index + found[0].length
  }
  return end === 0 ? text : textLike(new RegExp(`^${pattern}${quoted(text.slice(end))}$`))
}

/** `RegExp.escape` of ES2025, for text that is put between anchors. */
function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
