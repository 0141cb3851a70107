/**
 * Why a domain was refused.
 *
 * - `malformed`: not a domain, or not a literal;
 * - `too_long`, `too_deep`, `too_many_terms`: over one of `DomainLimits` (`too_many_terms` also for value lists);
 * - `unknown_operator`: an operator that Odoo does not have, or that nobody may send;
 * - `bad_value`: a value that does not fit the operator, or that Odoo cannot store (NUL, lone surrogate).
 */
export type DomainErrorReason =
  | 'malformed'
  | 'too_long'
  | 'too_deep'
  | 'too_many_terms'
  | 'unknown_operator'
  | 'bad_value'

/** A domain from outside was refused. The message is a sentence for the caller; it never repeats a value. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly reason: DomainErrorReason
  /** Where in the text, in UTF-16 code units from 0; undefined for a domain that came as a value. */
  readonly position?: number

  constructor(reason: DomainErrorReason, message: string, detail: { position?: number; cause?: unknown } = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.reason = reason
    if (detail.position !== undefined) this.position = detail.position
  }
}
