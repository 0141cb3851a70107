import { recordErrors } from './errors.ts'

const FIELDS_MAX = 500
const FIELD = /^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/

/**
 * Reads a list of field names: a JSON list, a comma list (`name,email`), or the list itself. An empty text is an empty
 * list. Each name counts once. Whether the model has the fields is decided later.
 *
 * @throws GatehouseError `fields.malformed`
 */
export function parseFields(value: unknown): readonly string[] {
  const items = typeof value === 'string' ? splitText(value.trim()) : value
  if (!Array.isArray(items) || !items.every(isFieldName)) throw recordErrors['fields.malformed']()
  const names = [...new Set(items)]
  if (names.length > FIELDS_MAX) {
    throw recordErrors['fields.malformed']({ message: `"fields" has more than ${FIELDS_MAX} names.` })
  }
  return names
}

/** True for a text that can be the name of a field; a dotted path is none. */
export function isFieldName(value: unknown): value is string {
  return typeof value === 'string' && FIELD.test(value)
}

function splitText(text: string): unknown {
  if (text === '') return []
  if (text.startsWith('[')) return parseJson(text)
  return text.split(',').map((name) => name.trim())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw recordErrors['fields.malformed']({ message: '"fields" is not valid JSON.', cause: error })
  }
}
