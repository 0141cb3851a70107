import { httpErrors } from '../../http/errors.ts'
import { expectObject } from '../../http/json-body.ts'
import { isJsonObject, type JsonObject } from '../../kernel/json.ts'
import { parseExpand } from '../../records/parse-expand.ts'
import type { AnswerRequest } from '../../records/request.ts'
import { readFieldList } from './field-list.ts'

/** The body of a write: what to write, and what to answer with. */
export type WrittenBody = { readonly values: JsonObject; readonly answer: AnswerRequest }

const MEMBERS = new Set(['values', 'fields', 'expand', 'db'])

/**
 * Reads `{"values", "fields"?, "expand"?}`. A member that is not one of these is refused: values that were written
 * beside `values` by mistake would otherwise be lost without a word.
 *
 * @throws body.empty, body.not_an_object, body.invalid, fields.malformed, expand.malformed
 */
export function readWrittenBody(json: unknown): WrittenBody {
  const body = expectObject(json)
  const unknown = Object.keys(body).find((name) => !MEMBERS.has(name))
  if (unknown !== undefined) throw invalid(`The body has an unknown member: "${unknown.slice(0, 64)}".`, unknown)
  const { values, fields, expand } = body
  if (!isJsonObject(values)) throw invalid('"values" is required: an object of fields.', 'values')
  return {
    values,
    answer: {
      ...(fields === undefined || fields === null ? {} : { fields: readFieldList(fields) }),
      ...(expand === undefined || expand === null ? {} : { expand: parseExpand(expand) }),
    },
  }
}

function invalid(message: string, field: string): Error {
  return httpErrors['body.invalid']({ message, data: { field } })
}
