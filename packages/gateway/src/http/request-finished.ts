/**
 * What is told of an answered request: metadata only, never a query string, a body or a credential. Of bytes that could
 * not be read as a request, method and route are `unknown`.
 */
export type RequestFinished = {
  readonly requestId: string
  readonly method: string
  /** The route's own pattern; the path may hold names, and a query is never told. */
  readonly route: string
  readonly status: number
  /** Milliseconds from the head of the request to its answer; the body arrives in between. 0 where no head was read. */
  readonly durationMs: number
  readonly address: string
  readonly grantId?: string
  /** The code of the error, where the answer was one. */
  readonly code?: string
  /** What the error says to the log alone. */
  readonly internal?: string
  /** From status 500 on: the errors behind the error, by class, and by message where that can hold no secret. */
  readonly cause?: string
}
