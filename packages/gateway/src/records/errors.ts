import { defineErrors } from '../kernel/error.ts'

/** What can be wrong with a request for records, beside what policy and Odoo refuse. */
export const recordErrors = defineErrors({
  /** Also for a record outside the forced domain: nobody can tell the two apart. */
  'record.missing': { category: 'not_found', word: 'not_found', message: 'There is no such record.' },
  'fields.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: '"fields" must be a list of field names.',
  },
  'expand.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: '"expand" must map relational fields to lists of field names.',
  },
  'expand.too_deep': {
    category: 'invalid',
    word: 'invalid_request',
    message: '"expand" goes at most three levels deep.',
  },
  'expand.too_large': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'A relation in "expand" has too many records: ask for a smaller page.',
  },
  'order.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: '"order" must be field names separated by commas, each with "asc" or "desc" if you like.',
  },
  'order.not_sortable': { category: 'invalid', word: 'invalid_field', message: 'Odoo cannot sort by this field.' },
  'order.refused': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'To sort by this relation would tell about records or fields that this API does not show.',
  },
  'paging.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: '"limit" must be an integer of at least 1.',
  },
  'ids.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'An id of a record must be a positive integer.',
  },
  'domain.malformed': { category: 'invalid', word: 'invalid_domain', message: 'The domain is malformed.' },
  'domain.not_searchable': {
    category: 'invalid',
    word: 'invalid_field',
    message: 'Odoo cannot search by this field.',
  },
  'domain.not_relational': {
    category: 'invalid',
    word: 'invalid_field',
    message: 'A path in the domain goes on behind a field that leads to no other model.',
  },
  'domain.too_wide': {
    category: 'invalid',
    word: 'invalid_domain',
    message: 'A condition on related records matches too many of them: make it narrower.',
  },
  'domain.refused': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This condition would tell about records or fields that this API does not show.',
  },
  'values.malformed': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The values of a record must be an object of fields.',
  },
  'values.too_deep': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The values of related records are nested too deeply.',
  },
  'values.too_many': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'The request writes too many records at once.',
  },
  'field.bad_value': { category: 'invalid', word: 'invalid_value', message: 'A field has a value that does not fit.' },
  'field.kept_by_odoo': {
    category: 'invalid',
    word: 'invalid_field',
    message: 'Odoo keeps this field itself; it cannot be written.',
  },
  'field.required': { category: 'invalid', word: 'missing_value', message: 'A required field has no value.' },
  'command.refused': {
    category: 'forbidden',
    word: 'access_denied',
    message: 'This change of a relation would reach records that this API does not show.',
  },
})
