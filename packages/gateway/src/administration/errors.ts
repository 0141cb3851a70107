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
  /** The token is good, and not for this. */
  'admin.not_for_administration': {
    category: 'forbidden',
    word: 'insufficient_scope',
    message: 'This token is not for the admin API: sign in to the console, or run `gatehouse owner token NAME`.',
  },
  'admin.not_a_member': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'The admin API is for members of the Settings group of Odoo, and you are none.',
  },
  'admin.token_missing': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The admin API takes one token, as "Authorization: Bearer <token>": see `gatehouse owner token --help`.',
  },
  'admin.token': {
    category: 'unauthenticated',
    word: 'invalid_token',
    message: 'The token is invalid, used up or has expired: run `gatehouse owner token NAME` for another.',
  },
  /** Whether somebody is still an administrator, only Odoo can tell. */
  'admin.odoo_away': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Odoo does not answer, so that nobody can tell whether you may administer: try again in a moment.',
  },
  'admin.changed_meanwhile': {
    category: 'conflict',
    status: 412,
    word: 'precondition_failed',
    message: 'Somebody changed it meanwhile: read it anew, and send the If-Match of what you have read.',
  },
  'admin.condition': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'Send either If-Match with the ETag that you have read, or If-None-Match: * for something new.',
  },
  'admin.if_match_missing': {
    category: 'conflict',
    status: 428,
    word: 'precondition_required',
    message: "It is there already: send its ETag as If-Match, so that nobody else's change is lost.",
  },
})
