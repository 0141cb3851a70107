import { defineErrors, type ErrorRow } from '../kernel/error.ts'

/** What a client is told of any token that is not accepted. Which of the reasons it was, only the log says. */
const INVALID_TOKEN = {
  category: 'unauthenticated',
  word: 'invalid_token',
  message: 'The token is invalid or has expired: renew it with the refresh token, or sign in again.',
} as const satisfies ErrorRow

/** What tokens and grants are refused with. */
export const tokenErrors = defineErrors({
  /** Malformed, forged, expired, of another audience, of the wrong kind, unknown, or of a grant that has ended. */
  'token.invalid': INVALID_TOKEN,
  /** A refresh token after its grace window. Its whole grant is revoked by then. */
  'token.reused': INVALID_TOKEN,
  /** A refresh token whose grant has ended or is past its end. */
  'grant.ended': INVALID_TOKEN,
  /** The Odoo session that a new grant was to stand on has ended meanwhile. */
  'grant.session_ended': {
    category: 'conflict',
    word: 'session_ended',
    message: 'The Odoo session behind this sign-in has just ended: sign in again.',
  },
  'grant.unknown': { category: 'not_found', word: 'not_found', message: 'There is no such grant.' },
  'signing_key.unknown': {
    category: 'not_found',
    word: 'not_found',
    message: 'There is no signing key of this id in use: see `gatehouse signing-key list`.',
  },
  'signing_key.in_use': {
    category: 'conflict',
    word: 'conflict',
    message: 'This key signs new tokens: make another with `gatehouse signing-key rotate` first.',
  },
  /** Sealed under another master key, altered, or moved from the place that it was sealed for. */
  'sealed.unreadable': {
    category: 'internal',
    word: 'server_error',
    message: 'The gateway cannot read something that it has stored.',
  },
})
