import { defineErrors } from '../kernel/error.ts'

/** What the store answers when it cannot work. */
export const storeErrors = defineErrors({
  'store.unavailable': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'The store cannot be reached; try again in a moment.',
  },
})
