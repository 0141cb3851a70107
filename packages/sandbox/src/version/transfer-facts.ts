/** How a release imports and exports tables. */
export type TransferFacts = {
  /** What an unknown column is. */
  readonly unknownColumn: 'key_error' | 'value_error'
  /** Does an import tell the refusal of the whole table beside those of single rows? */
  readonly tellsFirst: boolean
  /** Are choices that Odoo works out (languages, time zones) exported by their labels? */
  readonly workedOutLabels: boolean
  /** Is a reference exported as `model,id`? Else as the record's name. */
  readonly references: boolean
}

export const transfers17: TransferFacts = {
  unknownColumn: 'key_error',
  tellsFirst: false,
  workedOutLabels: false,
  references: false,
}

export const transfers18: TransferFacts = {
  unknownColumn: 'value_error',
  tellsFirst: true,
  workedOutLabels: false,
  references: true,
}

export const transfers19: TransferFacts = { ...transfers18, workedOutLabels: true }
