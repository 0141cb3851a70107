import { type Route, route } from '../../http/route.ts'
import { parseId } from '../../records/parse-paging.ts'
import type { RecordsAccess } from '../records-access.ts'
import { sendRequestErrors } from './error-shape.ts'
import { CreateQuery, RecordQuery } from './query.ts'
import { readWrittenBody } from './written-body.ts'

const common = { path: '/api/send_request', errors: sendRequestErrors, needs: 'access token' } as const

/** `POST /api/send_request`: a new record. */
export function createRecord({ records, contextOf }: RecordsAccess): Route {
  return route({
    ...common,
    method: 'POST',
    query: CreateQuery,
    body: readWrittenBody,
    handle: async ({ query, body }, caller) => {
      const { values, answer } = body
      const { id, record } = await records.create(contextOf(caller), { model: query.model, values, ...answer })
      return { status: 201, body: { id, record } }
    },
  })
}

/** `PUT /api/send_request`: new values for a record. */
export function updateRecord({ records, contextOf }: RecordsAccess): Route {
  return route({
    ...common,
    method: 'PUT',
    query: RecordQuery,
    body: readWrittenBody,
    handle: async ({ query, body }, caller) => {
      const { values, answer } = body
      const id = parseId(query.id)
      const [record] = await records.update(contextOf(caller), { model: query.model, ids: [id], values, ...answer })
      return { body: { id, record } }
    },
  })
}

/** `DELETE /api/send_request`: a record less. */
export function deleteRecord({ records, contextOf }: RecordsAccess): Route {
  return route({
    ...common,
    method: 'DELETE',
    query: RecordQuery,
    handle: async ({ query }, caller) => {
      const id = parseId(query.id)
      await records.remove(contextOf(caller), { model: query.model, ids: [id] })
      return { body: { deleted_id: id } }
    },
  })
}
