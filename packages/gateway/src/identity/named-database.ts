import { isJsonObject } from '../kernel/json.ts'
import { identityErrors } from './errors.ts'
import type { RequestFacts } from './request-facts.ts'

/**
 * Every database that a request names: in the body (of a JSON-RPC envelope: in its `params`), in the headers `db` and
 * `X-Odoo-Database`, in the query. Empty and `null` name none.
 *
 * @throws database.ambiguous when one of them is not a text
 */
export function namedDatabases(request: RequestFacts): ReadonlySet<string> {
  const named = new Set<string>()
  for (const value of [
    ...inBody(request.body),
    ...request.headerValues('db'),
    ...request.headerValues('x-odoo-database'),
  ]) {
    collect(named, value)
  }
  const query = request.url.indexOf('?')
  if (query !== -1)
    for (const value of new URLSearchParams(request.url.slice(query + 1)).getAll('db')) collect(named, value)
  return named
}

function inBody(body: unknown): unknown[] {
  if (!isJsonObject(body)) return []
  const { params } = body
  return [body.db, isJsonObject(params) ? params.db : undefined]
}

function collect(named: Set<string>, value: unknown): void {
  if (value === undefined || value === null || value === false || value === '') return
  if (typeof value !== 'string') {
    throw identityErrors['database.ambiguous']({
      message: 'The name of the database must be a text.',
      data: { field: 'db' },
    })
  }
  named.add(value)
}
