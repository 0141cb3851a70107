import { tokenErrors } from '../tokens/errors.ts'
import type { RefreshTokenFacts } from '../tokens/find-refresh-token.ts'

/** What finding the owner of a refresh token needs from outside. */
export type RefreshTokenOwnerDeps = {
  readonly tokens: { findRefreshToken(token: string): Promise<RefreshTokenFacts | undefined> }
  /** The clients whose refresh tokens are taken here. A client that is not among them has a way of its own. */
  readonly allowedClients: ReadonlySet<string>
}

/**
 * Whose refresh token it is, without using it.
 *
 * @throws token.invalid for what is no refresh token of ours, or one of a client that has no business here
 */
export async function refreshTokenOwner(
  token: string,
  { tokens, allowedClients }: RefreshTokenOwnerDeps,
): Promise<RefreshTokenFacts> {
  const owner = await tokens.findRefreshToken(token)
  if (owner === undefined) throw tokenErrors['token.invalid']()
  if (!allowedClients.has(owner.clientId))
    throw tokenErrors['token.invalid']({ internal: 'refresh token: another_client' })
  return owner
}
