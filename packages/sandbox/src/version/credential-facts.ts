/** How a release handles what proves who somebody is: base, auth_totp and auth_oauth. */
export type CredentialFacts = {
  /** The title of the question for the password, and what its action says to the client besides. */
  readonly checkTitle: string
  readonly checkContext: Readonly<Record<string, unknown>> | undefined
  /** Where the wizards look for a password or a code: in their own field or in the context of the call. */
  readonly askedIn: 'field' | 'context'
  /** The check without any password. */
  readonly emptyPassword: 'assertion' | 'refused'
  /** Is a code of the second factor refused when it was used before? */
  readonly refusesUsedCodes: boolean
  /** Wrong codes of a user that are looked at in an hour; undefined: all. */
  readonly codeChecksPerHour: number | undefined
  /** Does the token of a provider count as the user's password? */
  readonly tokenIsPassword: boolean
  /** Logging out everywhere: a wizard of its own with this form, or a deed that asks for the password first. */
  readonly logoutEverywhereForm: number | undefined
}

export const credentials17: CredentialFacts = {
  checkTitle: 'Security Control',
  checkContext: undefined,
  askedIn: 'field',
  emptyPassword: 'assertion',
  refusesUsedCodes: false,
  codeChecksPerHour: undefined,
  tokenIsPassword: true,
  logoutEverywhereForm: 172,
}

export const credentials18: CredentialFacts = {
  ...credentials17,
  emptyPassword: 'refused',
  tokenIsPassword: false,
  logoutEverywhereForm: undefined,
}

export const credentials19: CredentialFacts = {
  ...credentials18,
  checkTitle: 'Access Control',
  checkContext: { dialog_size: 'medium' },
  askedIn: 'context',
  refusesUsedCodes: true,
  codeChecksPerHour: 5,
}
