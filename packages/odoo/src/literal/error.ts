/** Why a literal was refused: not a literal, or over one of `LiteralLimits`. */
export type LiteralErrorReason = 'malformed' | 'too_long' | 'too_deep'

/** A text from outside is no literal. The message is a sentence for the caller; it never repeats the text. */
export class LiteralError extends Error {
  override readonly name = 'LiteralError'
  readonly reason: LiteralErrorReason
  /** Where in the text, in UTF-16 code units from 0. */
  readonly position: number

  constructor(reason: LiteralErrorReason, message: string, position: number) {
    super(message)
    this.reason = reason
    this.position = position
  }
}
