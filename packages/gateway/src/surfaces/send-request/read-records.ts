import { type Answer, type Route, route } from '../../http/route.ts'
import { parseExpand } from '../../records/parse-expand.ts'
import { parseFilter } from '../../records/parse-filter.ts'
import { parseId, parseLimit, parsePage } from '../../records/parse-paging.ts'
import type { AnswerRequest, ListRequest } from '../../records/request.ts'
import { pageHeaders } from '../page-headers.ts'
import type { RecordsAccess } from '../records-access.ts'
import { sendRequestErrors } from './error-shape.ts'
import { readFieldListText } from './field-list.ts'
import { ReadQuery } from './query.ts'

/** How many records a page has when the request does not say. */
const LIMIT_DEFAULT = 20

/** `GET /api/send_request`: a page of records, or with `id` one record. */
export function readRecords({ records, contextOf }: RecordsAccess): Route {
  return route({
    method: 'GET',
    path: '/api/send_request',
    errors: sendRequestErrors,
    needs: 'access token',
    query: ReadQuery,
    handle: async ({ query }, caller): Promise<Answer> => {
      const context = contextOf(caller)
      if (query.id !== undefined) {
        const request = { model: query.model, id: parseId(query.id), ...answerOf(query) }
        return { body: { record: await records.one(context, request) } }
      }
      const { page, ...request } = listOf(query)
      const found = await records.list(context, { ...request, page })
      const { total, limit } = found
      return {
        headers: pageHeaders(found),
        body: { records: found.records, page, limit, total, pages: Math.ceil(total / limit) },
      }
    },
  })
}

function answerOf({ fields, expand }: ReadQuery): AnswerRequest {
  return { fields: readFieldListText(fields), ...(expand === undefined ? {} : { expand: parseExpand(expand) }) }
}

/** The page is called `offset` here, as jwt_auth_api calls it. */
function listOf(query: ReadQuery): ListRequest & { readonly page: number } {
  return {
    model: query.model,
    ...answerOf(query),
    ...(query.domain === undefined ? {} : { domain: parseFilter(query.domain) }),
    ...(query.order === undefined ? {} : { order: query.order }),
    limit: parseLimit(query.limit ?? LIMIT_DEFAULT),
    page: parsePage(query.offset ?? 1, 'offset'),
  }
}
