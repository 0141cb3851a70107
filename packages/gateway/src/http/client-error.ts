import type { Socket } from 'node:net'
import { plainErrors } from './error-shape.ts'
import { httpErrors } from './errors.ts'
import type { ServerOptions } from './server-options.ts'

const BY_NODE_CODE: Readonly<Record<string, keyof typeof httpErrors>> = {
  HPE_HEADER_OVERFLOW: 'header.too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timeout',
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/**
 * Answers what Node could not read as a request (RFC 6585 §5 for 431) with a JSON body, and closes the connection:
 * where the next request would begin is not known.
 */
export function answerClientError(
  error: Error & { code?: string },
  socket: Socket,
  { requestIds, onFinished }: Pick<ServerOptions, 'requestIds' | 'onFinished'>,
): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const refusal = httpErrors[BY_NODE_CODE[error.code ?? ''] ?? 'request.malformed']()
  const requestId = requestIds()
  const { body } = plainErrors(refusal, { body: undefined, requestId })
  const text = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status] ?? 'Bad Request'}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  )
  onFinished?.({
    requestId,
    method: 'unknown',
    route: 'unknown',
    status: refusal.status,
    durationMs: 0,
    address: socket.remoteAddress ?? 'unknown',
    code: refusal.code,
  })
}
