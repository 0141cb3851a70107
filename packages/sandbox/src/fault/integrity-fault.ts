import { OdooFault } from './odoo-fault.ts'

/** What a change hurt: a field that has to be set, values that have to be the only ones, or a record that is not there. */
export type Violation =
  | { readonly kind: 'required'; readonly field: string }
  | { readonly kind: 'unique'; readonly fields: readonly string[]; readonly sentence: string }
  | { readonly kind: 'target'; readonly field: string }

/** A refusal of the database, in the words of Odoo for a single record. An import words it for many. */
export class IntegrityFault extends OdooFault {
  readonly violation: Violation

  constructor(message: string, violation: Violation) {
    super('odoo.exceptions.ValidationError', message)
    this.violation = violation
  }
}
