import { type Route, route } from '../../http/route.ts'
import { LIMIT_MAX } from '../../policy/api.ts'
import { unwrap, wrap } from '../jwt-tokens/envelope.ts'
import { jwtErrors } from '../jwt-tokens/error-shape.ts'
import { pageHeaders } from '../page-headers.ts'
import type { RecordsAccess } from '../records-access.ts'

/** `POST /api/protected/json`: the users that the caller may read, through the API's exposure of `res.users`. */
export function protectedJson({ records, contextOf }: RecordsAccess): Route {
  return route({
    method: 'POST',
    path: '/api/protected/json',
    errors: jwtErrors,
    needs: 'access token',
    body: unwrap,
    handle: async (call, caller) => {
      const page = await records.list(contextOf(caller), {
        model: 'res.users',
        fields: ['id', 'name', 'login'],
        order: 'id',
        limit: LIMIT_MAX,
      })
      return {
        headers: pageHeaders(page),
        body: wrap(call.body.envelope, { status: page.records }),
      }
    },
  })
}
