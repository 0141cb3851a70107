import { defineErrors } from '../../kernel/error.ts'

/** What is told when there were too many failures. It does not say of what: of a login that exists or of one that does not. */
export const throttleErrors = defineErrors({
  'throttle.limited': {
    category: 'limited',
    word: 'rate_limited',
    message: 'Too many failed attempts. Try again later.',
  },
  'throttle.crowded': {
    category: 'limited',
    word: 'rate_limited',
    message: 'Too many sign-ins of this user are under way. Try again in a moment.',
  },
})
