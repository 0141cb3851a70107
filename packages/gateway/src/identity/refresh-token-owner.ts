import { tokenErrors } from '../tokens/errors.ts'
import type { RefreshTokenFacts } from '../tokens/find-refresh-token.ts'

/** What finding the owner of a refresh token needs from outside. */
export type RefreshTokenOwnerDeps = {
  readonly tokens: { findRefreshToken(token: string): Promise<RefreshTokenFacts | undefined> }
}

/**
 * Whose refresh token it is, without using it.
 *
 * @throws token.invalid for what is no refresh token of ours
 */
export async function refreshTokenOwner(token: string, { tokens }: RefreshTokenOwnerDeps): Promise<RefreshTokenFacts> {
  const owner = await tokens.findRefreshToken(token)
  if (owner === undefined) throw tokenErrors['token.invalid']()
  return owner
}
