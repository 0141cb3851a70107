import { defineErrors } from '../kernel/error.ts'

/** What can be wrong with a request before any surface looks at it. */
export const httpErrors = defineErrors({
  'body.empty': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The request body is empty: send a JSON object.',
  },
  'body.malformed': { category: 'invalid', word: 'invalid_request', message: 'The request body is not valid JSON.' },
  'body.not_an_object': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The request body must be a JSON object.',
  },
  'body.too_deep': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The request body is nested too deeply.',
  },
  'body.bad_text': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The request body has text that is not valid Unicode, or a NUL character.',
  },
  'body.invalid': { category: 'invalid', word: 'invalid_request', message: 'The request body has a wrong value.' },
  'body.too_large': {
    category: 'invalid',
    status: 413,
    word: 'too_large',
    message: 'The request body is too large.',
  },
  'body.media_type': {
    category: 'unsupported',
    word: 'unsupported_media_type',
    message: 'Send the body as application/json.',
  },
  'body.encoded': {
    category: 'unsupported',
    word: 'unsupported_media_type',
    message: 'Send the body as it is: a Content-Encoding is not understood.',
  },
  'query.invalid': { category: 'invalid', word: 'invalid_request', message: 'A query parameter has a wrong value.' },
  'query.secret': {
    category: 'invalid',
    word: 'secret_in_query',
    message: 'Secrets, tokens and passwords are not accepted in the address: send them in a header or in the body.',
  },
  'header.too_large': {
    category: 'invalid',
    status: 431,
    word: 'header_too_large',
    message: 'The address or the headers of the request are too large.',
  },
  'request.malformed': { category: 'invalid', word: 'invalid_request', message: 'The request is not valid HTTP.' },
  'request.timeout': {
    category: 'invalid',
    status: 408,
    word: 'request_timeout',
    message: 'The request did not arrive in time.',
  },
  'route.unknown': { category: 'not_found', word: 'not_found', message: 'There is nothing at this address.' },
  'route.method': {
    category: 'unsupported',
    status: 405,
    word: 'method_not_allowed',
    message: 'This address does not have that method.',
  },
  'origin.refused': {
    category: 'forbidden',
    word: 'origin_refused',
    message: 'Calls with cookies are accepted only from pages of this gateway and from the origins that the API lists.',
  },
  'origin.cross_site': {
    category: 'forbidden',
    word: 'origin_refused',
    message:
      'A browser made this call from a page of another site, where cookies are not used. Serve the page and the gateway under one domain.',
  },
  unexpected: { category: 'internal', word: 'internal_error', message: 'Something went wrong inside the gateway.' },
})
