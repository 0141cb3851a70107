import { defineErrors } from '../kernel/error.ts'

/** What an administrator is told when something cannot be done. Each sentence says the next step. */
export const administrationErrors = defineErrors({
  'admin.not_found': { category: 'not_found', word: 'not_found', message: 'There is nothing of this name.' },
  'admin.invalid': { category: 'invalid', word: 'invalid_request', message: 'A value is wrong.' },
  'admin.conflict': { category: 'conflict', word: 'conflict', message: 'It cannot be changed here.' },
  'admin.forbidden': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'Your administration rights do not reach so far.',
  },
})
