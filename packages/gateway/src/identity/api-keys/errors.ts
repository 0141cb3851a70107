import { defineErrors } from '../../kernel/error.ts'

/** What an API key is refused with. */
export const apiKeyErrors = defineErrors({
  /** Wrong, expired, revoked, or of a demo that does not run: a client is told one sentence for all of them. */
  'api_key.invalid': {
    category: 'unauthenticated',
    word: 'invalid_api_key',
    message: 'The API key is not valid: it is wrong, has expired or was revoked.',
  },
  'api_key.address_refused': {
    category: 'forbidden',
    word: 'address_refused',
    message: 'This API key may not be used from your address.',
  },
})
