import { defineErrors } from '../kernel/error.ts'

/** What can be wrong with the Odoo session behind a grant. */
export const upstreamErrors = defineErrors({
  'session.expired': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The Odoo session behind this sign-in has ended. Sign in again.',
  },
  'session.lost': {
    category: 'upstream',
    word: 'upstream_failed',
    message: 'Odoo does not know the session any more that it has just opened. Try again.',
  },
  'session.required': {
    category: 'conflict',
    word: 'session_required',
    message:
      'This call needs an Odoo session, which an Odoo API key does not open: sign in with a password, or have an administrator give the key or client one.',
  },
  'vault.refused': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message:
      'Odoo does not accept any more what this key or client acts with: an administrator has to give it a new password or Odoo API key.',
  },
  'vault.empty': {
    category: 'forbidden',
    word: 'session_required',
    message:
      'This key or client has no way into Odoo yet: an administrator has to give it a password or an Odoo API key.',
  },
  'vault.cooldown': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Odoo refuses sign-ins for a moment after too many failures. Try again later.',
  },
  'odoo.too_many_calls': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Too many calls of this user are under way. Try again in a moment.',
  },
  'odoo.paced': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Too many calls wait for Odoo, which is called at a limited pace. Try again in a moment.',
  },
  'odoo.unreachable': {
    category: 'upstream',
    word: 'upstream_unreachable',
    message: 'Odoo cannot be reached.',
  },
})
