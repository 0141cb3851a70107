import type { OdooAnswer } from './exchange.ts'
import { type OdooFault, readFault } from './fault.ts'
import { forwardedHeaders } from './request-headers.ts'
import type { OdooTransport } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'

/** What a JSON route of Odoo answered: a result or a fault. */
export type JsonRpcOutcome = {
  /** `null` also where Odoo sent no result, which is how it says None. */
  readonly result?: unknown
  readonly fault?: OdooFault
  /** For its cookies. */
  readonly answer: OdooAnswer
}

/** Who the request is made for. */
export type JsonRpcOptions = {
  /** Sent as the session cookie; checked by `isSessionId` before it comes here. */
  readonly sessionId?: string
  /** The client's IP address, for Odoo's cooldown and device log. */
  readonly forwardedFor?: string
}

/**
 * Calls a JSON route. Nearly every failure of Odoo comes with status 200, so a fault is an outcome and not thrown: the
 * caller has cookies to look at first.
 *
 * @throws OdooUnreachable `bad_answer` if the answer is no JSON-RPC with status 200: a page of a proxy, of Odoo's own
 * (404 with no database chosen, 400, 413, 500), or garbage.
 */
export async function callJsonRpc(
  transport: OdooTransport,
  path: string,
  params: object,
  options: JsonRpcOptions = {},
): Promise<JsonRpcOutcome> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })
  const answer = await transport.post(path, { headers: requestHeaders(transport.url, options), body })
  const envelope = answer.status === 200 ? readEnvelope(answer.body) : undefined
  if (envelope === undefined) throw new OdooUnreachable('bad_answer', { sent: true, status: answer.status })
  const { error, result } = envelope
  if (error !== undefined && error !== null) return { fault: readFault(error), answer }
  return { result: result ?? null, answer }
}

function readEnvelope(body: Buffer): { readonly [member: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const isEnvelope = typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0'
    return isEnvelope ? { ...value } : undefined
  } catch {
    // Not JSON: the same as JSON that is no envelope.
    return undefined
  }
}

/** @throws TypeError if the address is none. */
function requestHeaders(url: string, { sessionId, forwardedFor }: JsonRpcOptions): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(sessionId === undefined ? {} : { cookie: `session_id=${sessionId}` }),
    ...forwardedHeaders(url, forwardedFor),
  }
}
