import type { RequestFacts } from './request-facts.ts'

/** What a test says of a request; the rest is that of a plain call. Names of headers in lower case. */
export type RequestSketch = {
  readonly headers?: Readonly<Record<string, readonly string[]>>
  readonly body?: unknown
  readonly url?: string
}

/** For tests: a request, without a server. */
export function factsOf({ headers = {}, body = {}, url = '/api/login' }: RequestSketch = {}): RequestFacts {
  return {
    requestId: 'req_1',
    address: '192.0.2.1',
    certainAddress: '192.0.2.1',
    url,
    body,
    headerValues: (name) => headers[name] ?? [],
  }
}
