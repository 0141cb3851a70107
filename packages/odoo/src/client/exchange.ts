import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { OdooUnreachable, type UnreachableReason } from './unreachable.ts'

/** One request to Odoo. */
export type OdooRequest = {
  readonly method: 'GET' | 'POST'
  /** Begins with a slash. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A whole answer, whatever its status. */
export type OdooAnswer = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** How long and how much to wait for; see `OdooTransportOptions`. */
export type ExchangeLimits = { readonly totalTimeoutMs: number; readonly answerBytesMax: number }

/**
 * Sends one request and reads the answer to its end.
 *
 * It talks to the dispatcher below `request()`, because only there is told whether the request was begun on a
 * connection: what was never begun may be tried again without harm.
 *
 * @throws OdooUnreachable if no whole answer came.
 */
export function exchange(dispatcher: Dispatcher, request: OdooRequest, limits: ExchangeLimits): Promise<OdooAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<OdooAnswer>()
  const chunks: Buffer[] = []
  let bytes = 0
  let answer: Omit<OdooAnswer, 'body'> | undefined
  let controller: Dispatcher.DispatchController | undefined
  let failed = false

  const fail = (reason: UnreachableReason, cause?: unknown): void => {
    if (failed) return
    failed = true
    clearTimeout(timer)
    // A path or a header that is none is a mistake of the program, not of the network: nobody should try again.
    if (isInvalidArgument(cause)) {
      reject(new TypeError('The request to Odoo is malformed.', { cause }))
      return
    }
    const error = new OdooUnreachable(reason, {
      sent: controller !== undefined,
      ...(answer === undefined ? {} : { status: answer.status }),
      cause,
    })
    reject(error)
    controller?.abort(error)
  }
  const timer = setTimeout(() => fail('timeout'), limits.totalTimeoutMs)

  dispatcher.dispatch(
    { ...request, body: request.body ?? null },
    {
      onRequestStart(started) {
        // It was given up while it waited for a connection: it must not be sent any more.
        if (failed) started.abort(new Error('The request was given up.'))
        else controller = started
      },
      onResponseStart(_, status, headers) {
        answer = { status, headers }
      },
      onResponseData(_, chunk) {
        bytes += chunk.length
        if (bytes > limits.answerBytesMax) fail('too_large')
        else chunks.push(chunk)
      },
      onResponseEnd() {
        clearTimeout(timer)
        if (answer !== undefined) resolve({ ...answer, body: Buffer.concat(chunks, bytes) })
      },
      onResponseError(_, error) {
        fail(controller === undefined ? 'connect' : reasonOf(error), error)
      },
    },
  )
  return promise
}

function isInvalidArgument(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_INVALID_ARG'
}

/** By code, since undici's classes differ between its copies. Anything else in the middle is a broken connection. */
function reasonOf(error: Error): UnreachableReason {
  const code = 'code' in error ? error.code : undefined
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' ? 'timeout' : 'dropped'
}
