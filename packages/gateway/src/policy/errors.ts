import { defineErrors, type ErrorRow } from '../kernel/error.ts'

const ROWS = {
  /** Unknown and not exposed are one answer, so that nobody can tell which models Odoo has. */
  'model.not_exposed': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This model is not available through this API.',
  },
  'verb.not_exposed': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This API does not allow that on this model.',
  },
  'scope.insufficient': {
    category: 'forbidden',
    word: 'insufficient_scope',
    message: 'The token was not issued for that.',
  },
  /** Unknown and unreadable are one answer, so that nobody can tell which fields a model has. */
  'field.unknown': {
    category: 'invalid',
    word: 'invalid_field',
    message: 'A field is not known.',
  },
  'field.not_writable': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'A field may not be written through this API.',
  },
  /** A forced domain asks for it, and without it nobody could tell what this user may see. */
  'company.unknown': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This API shows records by the company of the user, and Odoo does not tell yours.',
  },
  'domain.leaves_forced': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'A record may not leave the part of the model that this API shows.',
  },
  'domain.create_refused': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This API shows a part of the model in which records cannot be created.',
  },
} as const satisfies Record<string, ErrorRow>

/** The code of a refusal by policy. */
export type PolicyCode = keyof typeof ROWS

/** The refusals of policy: one maker for each code. */
export const policyErrors = defineErrors<PolicyCode>(ROWS)
