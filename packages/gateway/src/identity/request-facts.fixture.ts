import type { RequestFacts } from './request-facts.ts'

/** What a test says of a request; the rest is that of a plain call. Names of headers in lower case. */
export type RequestSketch = {
  readonly headers?: Readonly<Record<string, readonly string[]>>
  readonly body?: unknown
  readonly url?: string
  readonly address?: string
}

/** For tests: a request, without a server. */
export function factsOf(sketch: RequestSketch = {}): RequestFacts {
  const { headers = {}, body = {}, url = '/api/login', address = '192.0.2.1' } = sketch
  return {
    requestId: 'req_1',
    address,
    certainAddress: address,
    url,
    body,
    headerValues: (name) => headers[name] ?? [],
  }
}
