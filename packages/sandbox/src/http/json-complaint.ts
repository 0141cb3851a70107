/**
 * What Python's parser says of a text that is no JSON, with the place: `Expecting value: line 1 column 2 (char 1)`
 * (CPython 3.12, json/decoder.py and _json.c). Asked only after a parser has refused the text.
 */
export function jsonComplaint(text: string): string {
  if (text.startsWith('\uFEFF')) return 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'
  const { what, at } = firstMistake(text)
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1
  return `${what}: line ${line} column ${column} (char ${[...before].length})`
}

/** A mistake and where it is, in UTF-16 units. */
type Mistake = { readonly what: string; readonly at: number }

/** Where a value ends, or the mistake in it. */
type Scanned = number | Mistake

function firstMistake(text: string): Mistake {
  const end = scanValue(text, afterBlanks(text, 0))
  return typeof end === 'number' ? { what: 'Extra data', at: afterBlanks(text, end) } : end
}

const WORD = /(?:null|true|false|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

function scanValue(text: string, at: number): Scanned {
  const first = text[at]
  if (first === '"') return scanString(text, at)
  if (first === '{') return scanItems(text, at, '}', scanMember)
  if (first === '[') return scanItems(text, at, ']', scanValue)
  return matchedTo(WORD, text, at) ?? { what: 'Expecting value', at }
}

/** The items of a list or an object, from the bracket that opens it. */
function scanItems(
  text: string,
  open: number,
  close: string,
  scanItem: (text: string, at: number) => Scanned,
): Scanned {
  let at = afterBlanks(text, open + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    const item = scanItem(text, at)
    if (typeof item !== 'number') return item
    at = afterBlanks(text, item)
    if (text[at] === close) return at + 1
    if (text[at] !== ',') return { what: "Expecting ',' delimiter", at }
    at = afterBlanks(text, at + 1)
  }
}

function scanMember(text: string, at: number): Scanned {
  if (text[at] !== '"') return { what: 'Expecting property name enclosed in double quotes', at }
  const name = scanString(text, at)
  if (typeof name !== 'number') return name
  const colon = afterBlanks(text, name)
  if (text[colon] !== ':') return { what: "Expecting ':' delimiter", at: colon }
  return scanValue(text, afterBlanks(text, colon + 1))
}

/** From the space on, all but quote and backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function scanString(text: string, open: number): Scanned {
  for (let at = open + 1; ; ) {
    at = matchedTo(PLAIN, text, at) ?? at
    const next = text[at]
    if (next === '"') return at + 1
    if (next === undefined || (next === '\\' && at + 1 === text.length)) {
      return { what: 'Unterminated string starting at', at: open }
    }
    if (next !== '\\') return { what: 'Invalid control character at', at }
    const escaped = matchedTo(ESCAPE, text, at)
    if (escaped === undefined) {
      return text[at + 1] === 'u' ? { what: 'Invalid \\uXXXX escape', at: at + 1 } : { what: 'Invalid \\escape', at }
    }
    at = escaped
  }
}

const BLANKS = /[ \t\n\r]*/y

function afterBlanks(text: string, at: number): number {
  return matchedTo(BLANKS, text, at) ?? at
}

/** Where a match that begins here ends. */
function matchedTo(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
