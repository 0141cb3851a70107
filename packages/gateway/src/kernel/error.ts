import type { JsonObject } from './json.ts'
import type { RateLimitState } from './rate-limit.ts'

/**
 * What went wrong, in the few words that every surface can answer for. A surface maps each of them to its own shape
 * in one exhaustive table; a feature narrows them by codes of its own.
 */
export const ERROR_CATEGORIES = {
  invalid: { status: 400 },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  not_found: { status: 404 },
  conflict: { status: 409 },
  rejected: { status: 422 },
  unsupported: { status: 415 },
  limited: { status: 429 },
  internal: { status: 500 },
  upstream: { status: 502 },
  unavailable: { status: 503 },
} as const satisfies Record<string, { readonly status: number }>

/** One of the closed set of categories. */
export type ErrorCategory = keyof typeof ERROR_CATEGORIES

/** A row of a feature's table of errors. */
export type ErrorRow = {
  readonly category: ErrorCategory
  /** The word that a client sees where a surface answers with a word (`invalid_token`). */
  readonly word: string
  /** The sentence that a client sees, unless what throws it passes a better one. */
  readonly message: string
  /** The HTTP status, where it is not the category's. */
  readonly status?: number
}

/** What the place that throws adds to a row. */
export type ErrorDetail = {
  /** A sentence for the client, instead of the row's. Never a secret, never a record's value. */
  readonly message?: string
  /** For the log only. */
  readonly internal?: string
  /** Typed facts that a surface may show: `field`, `retryAfterSeconds`, … */
  readonly data?: ErrorData
  readonly cause?: unknown
}

/** Facts beside the sentence; a surface shows those that its shape has a place for. */
export type ErrorData = {
  /** The field of the record or the member of the body that is wrong. */
  readonly field?: string
  /** Seconds after which the same call may succeed; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number
  /** The limit that was reached; sent as `RateLimit-*`. */
  readonly rateLimit?: RateLimitState
  /** The methods that the path has; sent as `Allow` (RFC 9110 §15.5.6). */
  readonly allow?: readonly string[]
  /** The exception of Odoo behind it, by the last part of its name (`ValidationError`). */
  readonly odooException?: string
  /** More members for the body of the answer, where a surface has a place for them. */
  readonly extra?: JsonObject
}

/** The one error that a client is told of. Everything else that is thrown is answered as `internal`. */
export class GatehouseError extends Error {
  override readonly name = 'GatehouseError'
  readonly code: string
  readonly category: ErrorCategory
  readonly word: string
  readonly status: number
  readonly internal: string | undefined
  readonly data: ErrorData

  constructor(code: string, row: ErrorRow, detail: ErrorDetail = {}) {
    super(detail.message ?? row.message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.category = row.category
    this.word = row.word
    this.status = row.status ?? ERROR_CATEGORIES[row.category].status
    this.internal = detail.internal
    this.data = detail.data ?? {}
  }
}

/** Makes the errors of one feature: a function for each row of its table. */
export function defineErrors<Code extends string>(
  rows: Readonly<Record<Code, ErrorRow>>,
): Readonly<Record<Code, (detail?: ErrorDetail) => GatehouseError>> {
  const makers = {} as Record<Code, (detail?: ErrorDetail) => GatehouseError>
  for (const code of Object.keys(rows) as Code[]) {
    makers[code] = (detail) => new GatehouseError(code, rows[code], detail)
  }
  return makers
}
