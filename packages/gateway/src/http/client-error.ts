import type { Socket } from 'node:net'
import { plainErrors } from './error-shape.ts'
import { httpErrors } from './errors.ts'
import type { RequestIds } from './request-id.ts'

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
export function answerClientError(error: Error & { code?: string }, socket: Socket, requestIds: RequestIds): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const refusal = httpErrors[BY_NODE_CODE[error.code ?? ''] ?? 'request.malformed']()
  const { body } = plainErrors(refusal, { body: undefined, requestId: '' })
  const text = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status] ?? 'Bad Request'}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      `x-request-id: ${requestIds()}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  )
}
