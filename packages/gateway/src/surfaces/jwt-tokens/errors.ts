import { defineErrors } from '../../kernel/error.ts'

/** What the JWT surfaces refuse by themselves. */
export const jwtSurfaceErrors = defineErrors({
  'client_type.impossible': {
    category: 'invalid',
    word: 'invalid_request',
    message:
      'A call with Origin or Sec-Fetch headers comes from a browser: "X-Client-Type: app" is not accepted there.',
  },
  'refresh_token.missing': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'A refresh token is required: send it as the cookie or the header "refreshToken", or in the body.',
  },
})
