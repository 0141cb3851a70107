import { defineErrors } from '../kernel/error.ts'

/** What can be wrong with the Odoo session behind a grant. */
export const upstreamErrors = defineErrors({
  'session.expired': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The Odoo session behind this sign-in has ended. Sign in again.',
  },
  'odoo.too_many_calls': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Too many calls of this user are under way. Try again in a moment.',
  },
  'odoo.unreachable': {
    category: 'upstream',
    word: 'upstream_unreachable',
    message: 'Odoo cannot be reached.',
  },
})
