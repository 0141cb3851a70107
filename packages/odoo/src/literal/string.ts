import { LiteralError } from './error.ts'
import { isStorableText } from './storable-text.ts'

/** Escapes of one letter that JSON and Python share, and those that only one of them has; none has two meanings. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

/** Escapes of a code point: how many hexadecimal digits follow the letter. */
const CODE_POINT_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/**
 * Reads a text in single or double quotes that begins at `start`, and tells where it ends.
 *
 * Escapes are those of JSON and of Python; one that neither knows is refused, for Python would keep its backslash and
 * JSON would not. Octal escapes, `\N{…}` and a line break inside the text are refused too.
 *
 * @throws LiteralError
 */
export function readString(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text[start]
  const parts: string[] = []
  let position = start + 1
  for (;;) {
    const plainEnd = endOfPlain(text, position)
    parts.push(text.slice(position, plainEnd))
    position = plainEnd
    const character = text[position]
    if (character === undefined) throw new LiteralError('malformed', 'A text does not end.', start)
    if (character === quote) break
    if (character === '\\') {
      const escaped = readEscape(text, position)
      parts.push(escaped.value)
      position = escaped.end
    } else if (character === '"' || character === "'") {
      parts.push(character)
      position += 1
    } else {
      throw new LiteralError('malformed', 'A text holds a control character; write it as an escape.', position)
    }
  }
  const value = parts.join('')
  if (!isStorableText(value)) {
    throw new LiteralError('malformed', 'A text holds NUL or half of a surrogate pair.', start)
  }
  return { value, end: position + 1 }
}

/** Where the next quote, backslash or control character stands. A tab is allowed, as in Python. */
function endOfPlain(text: string, start: number): number {
  let position = start
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === 0x22 || code === 0x27 || code === 0x5c || (code < 0x20 && code !== 0x09)) break
    position += 1
  }
  return position
}

function readEscape(text: string, start: number): { readonly value: string; readonly end: number } {
  const letter = text[start + 1] ?? ''
  const plain = ESCAPES.get(letter)
  if (plain !== undefined) return { value: plain, end: start + 2 }
  const digits = CODE_POINT_DIGITS.get(letter)
  if (digits === undefined) throw new LiteralError('malformed', 'A text holds an unknown escape.', start)
  const end = start + 2 + digits
  const hexadecimal = text.slice(start + 2, end)
  if (hexadecimal.length < digits || !/^[0-9A-Fa-f]+$/.test(hexadecimal)) {
    throw new LiteralError('malformed', `The escape \\${letter} needs ${digits} hexadecimal digits.`, start)
  }
  const codePoint = Number.parseInt(hexadecimal, 16)
  if (codePoint > 0x10_ff_ff) throw new LiteralError('malformed', 'An escape names no character.', start)
  return { value: String.fromCodePoint(codePoint), end }
}
