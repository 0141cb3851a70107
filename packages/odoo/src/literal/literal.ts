import { LiteralError } from './error.ts'
import { readNumber } from './number.ts'
import { readString } from './string.ts'

/** What a literal can be. Objects have no prototype, so that a key `__proto__` is a key like any other. */
export type LiteralValue = string | number | boolean | null | readonly LiteralValue[] | LiteralObject

/** An object or dict. */
export type LiteralObject = { readonly [key: string]: LiteralValue }

/** Bounds on a literal that comes from outside. Each is inclusive. */
export type LiteralLimits = {
  /** UTF-16 code units of the text. Default 65,536. */
  readonly lengthMax?: number
  /** Levels of brackets. Default 64, at most 400: the parser calls itself once a level. */
  readonly depthMax?: number
}

/** The bounds where nothing else is said. */
export const LITERAL_LIMITS = { lengthMax: 65_536, depthMax: 64 } as const satisfies Required<LiteralLimits>

const DEPTH_BOUND = 400

/** The only names that a literal may hold; everything else that looks like one is code. */
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['None', null],
  ['null', null],
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
])

/** Where the parser stands. */
type Reader = { readonly text: string; readonly depthMax: number; position: number }

/**
 * Reads one literal of JSON or of Python: texts, numbers, true, false, null, lists, tuples (as lists) and objects with
 * text keys. It evaluates nothing: names, calls, operators, comprehensions, f-strings, bytes, sets and texts side by
 * side are refused. Where the languages differ, both are taken: either quotes, a comma before the closing bracket,
 * `None` and `null`. Of a key that comes twice the last one wins, as in both languages. `(1)` is 1, as in Python.
 *
 * @example parseLiteral("[('name', '=', None)]") // [['name', '=', null]]
 * @throws LiteralError and nothing else.
 */
export function parseLiteral(text: string, limits: LiteralLimits = {}): LiteralValue {
  const lengthMax = limits.lengthMax ?? LITERAL_LIMITS.lengthMax
  if (text.length > lengthMax) {
    throw new LiteralError('too_long', `The text is longer than ${lengthMax} characters.`, lengthMax)
  }
  const depthMax = Math.min(limits.depthMax ?? LITERAL_LIMITS.depthMax, DEPTH_BOUND)
  const reader: Reader = { text, depthMax, position: 0 }
  skipSpace(reader)
  const value = readValue(reader, 0)
  skipSpace(reader)
  if (reader.position < text.length) throw unexpected(reader, 'the end')
  return value
}

function readValue(reader: Reader, depth: number): LiteralValue {
  const first = reader.text[reader.position]
  if (first === '[' || first === '(' || first === '{') {
    if (depth >= reader.depthMax) {
      throw new LiteralError('too_deep', `Brackets are nested deeper than ${reader.depthMax}.`, reader.position)
    }
    if (first === '[') return readItems(reader, depth, ']').items
    if (first === '(') return readTuple(reader, depth)
    return readObject(reader, depth)
  }
  if (first === '"' || first === "'") return take(reader, readString(reader.text, reader.position))
  if (first !== undefined && /[-.0-9]/.test(first)) return take(reader, readNumber(reader.text, reader.position))
  return readWord(reader)
}

/** A parenthesis around one value without a comma is only a parenthesis. */
function readTuple(reader: Reader, depth: number): LiteralValue {
  const { items, commas } = readItems(reader, depth, ')')
  const [only] = items
  return only !== undefined && commas === 0 ? only : items
}

function readItems(reader: Reader, depth: number, close: ']' | ')'): { items: LiteralValue[]; commas: number } {
  const items: LiteralValue[] = []
  let commas = 0
  reader.position += 1
  skipSpace(reader)
  while (!skip(reader, close)) {
    if (items.length > commas) throw unexpected(reader, `a comma or ${close}`)
    items.push(readValue(reader, depth + 1))
    skipSpace(reader)
    if (skip(reader, ',')) {
      commas += 1
      skipSpace(reader)
    }
  }
  return { items, commas }
}

function readObject(reader: Reader, depth: number): LiteralObject {
  const members: Record<string, LiteralValue> = Object.create(null)
  let comma = true
  reader.position += 1
  skipSpace(reader)
  while (!skip(reader, '}')) {
    if (!comma) throw unexpected(reader, 'a comma or }')
    const start = reader.position
    const key = readValue(reader, depth + 1)
    if (typeof key !== 'string') throw new LiteralError('malformed', 'A key must be a text.', start)
    skipSpace(reader)
    if (!skip(reader, ':')) throw unexpected(reader, 'a colon')
    skipSpace(reader)
    members[key] = readValue(reader, depth + 1)
    skipSpace(reader)
    comma = skip(reader, ',')
    skipSpace(reader)
  }
  return members
}

/** A constant, or the prefix `u` of a text; `b`, `r` and `f` would change what the text means. */
function readWord(reader: Reader): LiteralValue {
  const [word = ''] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(reader.text.slice(reader.position, reader.position + 64)) ?? []
  const next = reader.text[reader.position + word.length]
  if (word !== '' && (next === '"' || next === "'")) {
    if (word !== 'u' && word !== 'U') {
      throw new LiteralError('malformed', `A text may not have a prefix other than u.`, reader.position)
    }
    reader.position += 1
    return take(reader, readString(reader.text, reader.position))
  }
  const constant = CONSTANTS.get(word)
  if (constant === undefined) throw unexpected(reader, 'a value')
  reader.position += word.length
  return constant
}

function take<T>(reader: Reader, read: { readonly value: T; readonly end: number }): T {
  reader.position = read.end
  return read.value
}

function skip(reader: Reader, character: string): boolean {
  if (reader.text[reader.position] !== character) return false
  reader.position += 1
  return true
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text[reader.position] ?? '')) reader.position += 1
}

/** Never repeats the text: it may hold a value that belongs in no log. */
function unexpected(reader: Reader, wanted: string): LiteralError {
  const found = reader.position < reader.text.length ? 'something else' : 'the end of the text'
  return new LiteralError('malformed', `Expected ${wanted}, found ${found}.`, reader.position)
}
