import { defineErrors } from '../kernel/error.ts'

/** What can be wrong with the Odoo session behind a grant. */
export const upstreamErrors = defineErrors({
  'session.expired': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The Odoo session behind this sign-in has ended. Sign in again.',
  },
  'odoo.unreachable': {
    category: 'upstream',
    word: 'upstream_unreachable',
    message: 'Odoo cannot be reached.',
  },
})
