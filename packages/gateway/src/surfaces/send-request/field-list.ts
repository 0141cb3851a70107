import { recordErrors } from '../../records/errors.ts'
import { parseFields } from '../../records/parse-fields.ts'

/**
 * Reads `fields` of a body: a list of names. jwt_auth_api knows no other form, so that a text is a mistake.
 *
 * @throws fields.malformed
 */
export function readFieldList(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw recordErrors['fields.malformed']({ data: { field: 'fields' } })
  return parseFields(value)
}

/**
 * Reads `fields` of a query: a list of names as JSON.
 *
 * @throws fields.malformed
 */
export function readFieldListText(text: string): readonly string[] {
  if (!text.trim().startsWith('[')) {
    throw recordErrors['fields.malformed']({
      message: '"fields" must be a JSON list such as ["name"].',
      data: { field: 'fields' },
    })
  }
  return parseFields(text)
}
