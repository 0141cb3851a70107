import { defineErrors } from '../kernel/error.ts'

/** What can go wrong while the gateway finds out who calls. */
export const identityErrors = defineErrors({
  'credential.missing': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'An access token is required: send it as "Authorization: Bearer <token>".',
  },
  'credential.multiple': {
    category: 'invalid',
    word: 'multiple_credentials',
    message: 'The request carries two different credentials: send one.',
  },
  'database.contradiction': {
    category: 'forbidden',
    word: 'wrong_database',
    message: 'The token belongs to another database than the one that the request names.',
  },
  'database.ambiguous': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'Name the database once: the request names two, or none where there are several.',
    status: 400,
  },
  'api.contradiction': {
    category: 'forbidden',
    word: 'wrong_api',
    message: 'The token belongs to another API than the one that the request names.',
  },
  'api.unknown': { category: 'forbidden', word: 'wrong_api', message: 'There is no such API for this database.' },
  'address.refused': {
    category: 'forbidden',
    word: 'address_refused',
    message: 'This API does not take calls from your address.',
  },
  'call.limited': { category: 'limited', word: 'rate_limited', message: 'Too many calls: try again later.' },
  'api.way_in_closed': {
    category: 'forbidden',
    word: 'way_in_closed',
    message: 'This API does not accept that way of signing in.',
  },
  'signin.denied': {
    category: 'unauthenticated',
    word: 'invalid_credentials',
    message: 'Wrong login or password.',
  },
  'signin.second_factor': {
    category: 'unauthenticated',
    word: 'mfa_required',
    message: 'This user signs in with a second factor: send its code and the mfa_token to /api/v1/auth/mfa.',
  },
  'mfa.refused': {
    category: 'unauthenticated',
    word: 'invalid_code',
    message: 'The code is wrong, or this sign-in was finished or has run out: try another code, or sign in again.',
  },
  'mfa.too_many_codes': {
    category: 'limited',
    word: 'rate_limited',
    message: 'Odoo takes no more codes of this user for a while. Try again later.',
  },
  'signin.cooldown': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Odoo refuses sign-ins for a moment after too many failures. Try again later.',
  },
  'user.contradiction': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The token belongs to another user than the one that the request names.',
  },
  'grant.contradiction': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The access token and the refresh token do not belong together.',
  },
})
