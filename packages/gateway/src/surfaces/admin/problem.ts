import { STATUS_CODES } from 'node:http'
import type { ErrorShape } from '../../http/error-shape.ts'
import type { GatehouseError } from '../../kernel/error.ts'
import type { JsonValue } from '../../kernel/json.ts'

/**
 * The errors of the admin API: problem details (RFC 9457 §3) with the code, what is wrong with which value, and the
 * request's id. The type is `about:blank`: the code says more than an address could.
 */
export const problemErrors: ErrorShape = (error, { requestId }) => {
  const errors = faultsOf(error)
  return {
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      title: STATUS_CODES[error.status] ?? 'Error',
      status: error.status,
      detail: error.message,
      code: error.code,
      ...(errors === undefined ? {} : { errors }),
      request_id: requestId,
    },
  }
}

function faultsOf(error: GatehouseError): JsonValue | undefined {
  const { extra, field } = error.data
  if (extra?.errors !== undefined) return extra.errors
  return field === undefined ? undefined : [{ path: field, message: error.message }]
}
