/**
 * Reads JSON as Python's parser does, which knows three numbers more: NaN, Infinity and -Infinity. Answers nothing for a
 * text that is no JSON.
 */
export function readPythonJson(text: string): { readonly value: unknown } | undefined {
  const plain = parse(text)
  if (plain !== undefined || !/NaN|Infinity/.test(text)) return plain
  // Infinity has a spelling in JSON; for NaN stands a character that no client sends alone.
  const spelled = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) => {
    if (token.startsWith('"')) return token
    return token === 'NaN' ? JSON.stringify(NOT_A_NUMBER) : token.replace('Infinity', '1e999')
  })
  return parse(spelled, (_key, value) => (value === NOT_A_NUMBER ? Number.NaN : value))
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
