/** How a release handles contacts (base/models/res_partner.py). */
export type PartnerFacts = {
  /** A tax number that is written on a contact is written on its company, too. */
  readonly vatGoesUp: boolean
  /** So is the address of a contact. */
  readonly addressGoesUp: boolean
  /** How a name is put together that shows more than the name. */
  readonly names: 'address_first' | 'address_last'
  /** `;` parts e-mail addresses, as `,` does. */
  readonly semicolonPartsEmails: boolean
  /** The signature of a new user, around the name. */
  readonly signature: (name: string) => string
  /** A user in groups of which everybody is in one only. */
  readonly exclusiveGroups: (user: string, groups: readonly string[]) => string
}

const quoted = (name: string): string => `<p data-o-mail-quote="1">--<br data-o-mail-quote="1">${name}</p>`

export const partners17: PartnerFacts = {
  vatGoesUp: false,
  addressGoesUp: false,
  names: 'address_first',
  semicolonPartsEmails: false,
  signature: quoted,
  exclusiveGroups: () => 'The user cannot have more than one user types.',
}

export const partners18: PartnerFacts = { ...partners17, semicolonPartsEmails: true }

export const partners19: PartnerFacts = {
  ...partners18,
  vatGoesUp: true,
  addressGoesUp: true,
  names: 'address_last',
  signature: (name) => `<div>${name}</div>`,
  exclusiveGroups: (user, groups) =>
    `User '${user}' cannot be at the same time in exclusive groups ${groups.map((group) => `'${group}'`).join(', ')}.`,
}
