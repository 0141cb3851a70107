import { accessDenied } from '../fault/odoo-fault.ts'
import { pythonText } from '../value/python-text.ts'

/** Where a provider tells whose a token is (model `auth.oauth.provider`). */
export type OAuthProvider = {
  readonly id: number
  readonly validationEndpoint: string
  readonly dataEndpoint: string | undefined
}

/** What a provider says of the owner of a token. */
export type OAuthOwner = {
  /** Who it is, in the provider's words. */
  readonly subject: string
  readonly email: string | undefined
  readonly name: string | undefined
}

/** Asks an endpoint about a token; answers what it says, or an object with `error`. */
export type AskProvider = (
  endpoint: string,
  accessToken: string | undefined,
) => Promise<Readonly<Record<string, unknown>>>

/**
 * Whose token it is. Throws AccessDenied when the provider does not say, and any other error when it refuses the token or
 * cannot be asked (odoo 18.0 auth_oauth, _auth_oauth_validate).
 */
export async function ownerOfToken(
  ask: AskProvider,
  provider: OAuthProvider,
  accessToken: string | undefined,
): Promise<OAuthOwner> {
  const validation = await ask(provider.validationEndpoint, accessToken)
  if (validation.error) throw new Error('The provider refuses the token')
  const more = provider.dataEndpoint === undefined ? {} : await ask(provider.dataEndpoint, accessToken)
  const told = { ...validation, ...more } as Readonly<Record<string, unknown>>
  // `sub` is the standard; the others are what some providers had before it.
  const subject = [told.sub, told.id, told.user_id].find(Boolean)
  if (subject === undefined) throw accessDenied('Missing subject identity')
  return { subject: pythonText(subject), email: textOf(told.email), name: textOf(told.name) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
