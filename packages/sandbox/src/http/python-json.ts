/**
 * Reads JSON as Python's parser does, which knows three numbers more: NaN, Infinity and -Infinity. Answers nothing for a
 * text that is no JSON.
 */
export function readPythonJson(text: string): { readonly value: unknown } | undefined {
  const plain = parse(text)
  if (plain !== undefined || !/NaN|Infinity/.test(text)) return plain
  return parse(spelledAsJson(text), (_key, value) => (value === NOT_A_NUMBER ? Number.NaN : value))
}

/** Infinity has a spelling in JSON; for NaN stands a character that no client sends alone. */
function spelledAsJson(text: string): string {
  const token = /"|-?Infinity|NaN/g
  let spelled = ''
  let taken = 0
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [word] = found
    if (word === '"') {
      token.lastIndex = endOfString(text, found.index + 1)
      continue
    }
    const instead = word === 'NaN' ? JSON.stringify(NOT_A_NUMBER) : word.replace('Infinity', '1e999')
    spelled += text.slice(taken, found.index) + instead
    taken = token.lastIndex
  }
  return spelled + text.slice(taken)
}

/** Where a string ends that begins here. Letter by letter: an expression would try a long one again and again. */
function endOfString(text: string, start: number): number {
  let at = start
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const NOT_A_NUMBER = '\uf8ffNaN'

function parse(text: string, reviver?: (key: string, value: unknown) => unknown): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text, reviver) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
