import type { RequestFacts } from './request-facts.ts'

/** Every API that a request names, in the header `X-Gatehouse-Api`; an empty one names none. */
export function namedApis(request: Pick<RequestFacts, 'headerValues'>): readonly string[] {
  return request.headerValues('x-gatehouse-api').filter((name) => name !== '')
}
