/**
 * Why there is no answer of Odoo to speak of.
 *
 * - `connect`: no connection; nothing was sent;
 * - `timeout`: Odoo did not answer in time, or stopped in the middle;
 * - `dropped`: the connection broke before the answer was complete;
 * - `bad_answer`: an answer, but not Odoo's: a proxy's page, HTML, garbage;
 * - `too_large`: the answer is larger than `answerBytesMax`.
 */
export type UnreachableReason = keyof typeof SENTENCES

const SENTENCES = {
  connect: 'Odoo cannot be reached.',
  timeout: 'Odoo did not answer in time.',
  dropped: 'The connection to Odoo broke before the answer was complete.',
  bad_answer: 'What answered does not speak like Odoo.',
  too_large: 'The answer of Odoo is too large.',
} as const

/** What is known beside the reason. */
export type UnreachableDetail = {
  /** Whether Odoo may have received the request, and so may have carried it out. */
  readonly sent: boolean
  /** The HTTP status, where there was one. */
  readonly status?: number
  readonly cause?: unknown
}

/** Odoo did not answer, or what answered was not Odoo. The message names neither host nor path nor content. */
export class OdooUnreachable extends Error {
  override readonly name = 'OdooUnreachable'
  readonly reason: UnreachableReason
  readonly sent: boolean
  readonly status?: number

  constructor(reason: UnreachableReason, { sent, status, cause }: UnreachableDetail) {
    super(SENTENCES[reason], cause === undefined ? undefined : { cause })
    this.reason = reason
    this.sent = sent
    if (status !== undefined) this.status = status
  }
}
