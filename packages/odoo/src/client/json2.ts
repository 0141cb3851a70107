import { readFault } from './fault.ts'
import { OdooKeyRefused } from './key-refused.ts'
import { forwardedHeaders } from './request-headers.ts'
import type { OdooTransport } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'

/** One call of `/json/2`. */
export type Json2Call = {
  readonly database: string
  readonly key: string
  readonly model: string
  readonly method: string
  /** By name; `ids` and `context` among them. */
  readonly named: Readonly<Record<string, unknown>>
  /** The IP address of the client that the call is made for. */
  readonly forwardedFor?: string
}

/**
 * Calls a method of a model over `/json/2` (odoo 19.0 rpc/controllers/json2.py). Answers the result, records as their ids.
 *
 * @throws OdooFault where Odoo refuses the call
 * @throws OdooKeyRefused where it refuses the key
 * @throws OdooUnreachable, `bad_answer` also for what is no JSON
 */
export async function callJson2(transport: OdooTransport, call: Json2Call): Promise<unknown> {
  const { database, key, model, method, named, forwardedFor } = call
  const answer = await transport.post(`/json/2/${model}/${method}`, {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `bearer ${key}`,
      'x-odoo-database': database,
      ...forwardedHeaders(transport.url, forwardedFor),
    },
    body: JSON.stringify(named),
  })
  if (answer.status === 401) throw new OdooKeyRefused('denied')
  let body: unknown
  try {
    body = JSON.parse(answer.body.toString('utf8'))
  } catch {
    throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  }
  if (answer.status === 200) return body
  const isFault = typeof body === 'object' && body !== null && 'name' in body
  if (!isFault) throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  // The same object that JSON-RPC has in `error.data`, with the traceback in it.
  throw readFault({ data: body })
}
