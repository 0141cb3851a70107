import type { SecretHash } from '../kernel/hash.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import type { Grant } from '../store/grants.ts'
import { consumeRefreshToken, insertRefreshToken, type RefreshToken } from '../store/refresh-tokens.ts'
import type { Handle } from '../store/tables.ts'
import type { TokenContext } from './context.ts'
import { tokenErrors } from './errors.ts'
import { type IssuedTokens, issueAccess, refreshExpiryMs } from './issue.ts'
import { principalOf } from './principal-of-grant.ts'
import { decideRefresh, type ExpectedOwner } from './refresh-decision.ts'
import { loadRefreshFacts } from './refresh-facts.ts'
import { hashRefreshToken, newRefreshToken, successorPurpose } from './refresh-token.ts'
import { applyRefusal, type RefusalOutcome, refusalError } from './refuse-refresh.ts'

type RotationOutcome =
  | {
      readonly kind: 'rotation' | 'repeat'
      readonly grant: Grant
      readonly refreshToken: string
      readonly refreshExpiresAtMs: number
      readonly nowMs: number
    }
  | RefusalOutcome

/** A refresh token that takes the place of another, and whose it is. */
export type RenewedRefresh = {
  readonly refreshToken: string
  readonly refreshExpiresAtMs: number
  readonly principal: UserPrincipal
}

/**
 * Uses a refresh token up and answers its successor. One transaction decides: of any number of simultaneous calls one
 * rotates, and the others get the same successor.
 *
 * @throws `token.invalid`, `grant.ended`; `token.reused` after the whole grant was revoked.
 */
export async function renewRefresh(
  context: TokenContext,
  refreshToken: string,
  expected: ExpectedOwner,
): Promise<RenewedRefresh> {
  const { grant, refreshToken: successor, refreshExpiresAtMs } = await useUp(context, refreshToken, expected)
  return { refreshToken: successor, refreshExpiresAtMs, principal: principalOf(grant) }
}

/** The same with a new access token. Throws what `renewRefresh` throws. */
export async function rotateRefresh(
  context: TokenContext,
  refreshToken: string,
  expected: ExpectedOwner,
): Promise<IssuedTokens> {
  const { grant, refreshToken: successor, refreshExpiresAtMs } = await useUp(context, refreshToken, expected)
  // Signed after the commit, which holds no lock; should it fail, the caller repeats and gets the same successor.
  return { ...(await issueAccess(context, grant)), refreshToken: successor, refreshExpiresAtMs }
}

async function useUp(context: TokenContext, refreshToken: string, expected: ExpectedOwner) {
  const hash = hashRefreshToken(refreshToken)
  if (hash === undefined) throw tokenErrors['token.invalid']({ internal: 'refresh token: malformed' })
  const outcome = await context.store.transaction((tx) => decideAndApply(context, tx, hash, expected))
  if (outcome.kind === 'refused' || outcome.kind === 'reused') throw refusalError(context, outcome)
  context.emit({ kind: 'token_refreshed', atMs: outcome.nowMs, grant: outcome.grant, by: outcome.kind })
  return outcome
}

async function decideAndApply(
  context: TokenContext,
  tx: Handle,
  hash: SecretHash,
  expected: ExpectedOwner,
): Promise<RotationOutcome> {
  // Read inside the transaction: the time of a decision is never earlier than that of the one it stands on.
  const nowMs = context.clock.nowMs()
  const decision = decideRefresh(await loadRefreshFacts(tx, hash), expected, nowMs)
  switch (decision.kind) {
    case 'rotate': {
      const { token, grant } = decision
      const successor = await succeed(context, tx, token, grant, nowMs)
      // Another node was first. The token is used by now, so the next decision is about a repeat.
      if (successor === undefined) return decideAndApply(context, tx, hash, expected)
      return { kind: 'rotation', grant, ...successor, nowMs }
    }
    case 'repeat': {
      const refreshToken = context.sealer.open(successorPurpose(hash), decision.sealed)
      const refreshExpiresAtMs = decision.successor.expiresAtMs
      return { kind: 'repeat', grant: decision.grant, refreshToken, refreshExpiresAtMs, nowMs }
    }
    default:
      return applyRefusal(tx, decision, nowMs)
  }
}

/** Uses the token up and adds its successor. `undefined` when another node has used it up meanwhile. */
async function succeed(context: TokenContext, tx: Handle, token: RefreshToken, grant: Grant, nowMs: number) {
  const successor = newRefreshToken(context.random)
  const refreshExpiresAtMs = refreshExpiryMs(context, grant, nowMs)
  const won = await consumeRefreshToken(tx, token.hash, {
    consumedAtMs: nowMs,
    successorHash: successor.hash,
    successorSealed: context.sealer.seal(successorPurpose(token.hash), successor.token),
    graceUntilMs: nowMs + context.lifetimes.graceSeconds * 1000,
  })
  if (!won) return undefined
  await insertRefreshToken(tx, {
    hash: successor.hash,
    grantId: grant.id,
    issuedAtMs: nowMs,
    expiresAtMs: refreshExpiresAtMs,
  })
  return { refreshToken: successor.token, refreshExpiresAtMs }
}
