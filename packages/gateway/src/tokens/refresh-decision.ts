import { type Grant, isGrantLive } from '../store/grants.ts'
import type { RefreshToken } from '../store/refresh-tokens.ts'

/** Everything that the store knows of a presented refresh token. */
export type RefreshFacts = {
  readonly token: RefreshToken | undefined
  /** The token that replaced it, if it was used and its successor is still there. */
  readonly successor: RefreshToken | undefined
  readonly grant: Grant | undefined
}

/** What the caller must be, where it has told: the owner of an access token of this grant, this client. */
export type ExpectedOwner = { readonly grantId?: string; readonly clientId?: string }

/** Why a refresh token is refused without harm to its grant. For the log; the client is told the same of all. */
export type RefusalReason =
  | 'unknown'
  | 'another_grant'
  | 'another_client'
  | 'grant_over'
  | 'expired'
  | 'successor_used'
  | 'successor_gone'

/** What to do with a presented refresh token. Each kind carries what is needed to do it. */
export type RefreshDecision =
  /** Use the token up and issue its successor. */
  | { readonly kind: 'rotate'; readonly token: RefreshToken; readonly grant: Grant }
  /** Answer the successor that was issued already. */
  | { readonly kind: 'repeat'; readonly successor: RefreshToken; readonly sealed: string; readonly grant: Grant }
  | RefreshRefusal

/** What to do with a refresh token that asks for an access token only. */
export type AccessDecision = { readonly kind: 'issue'; readonly grant: Grant } | RefreshRefusal

/** The token is not accepted: without harm, or because it is being reused, which ends its whole grant. */
export type RefreshRefusal =
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  | { readonly kind: 'reuse'; readonly grant: Grant }

/**
 * Decides what a presented refresh token gets when it is to be rotated. Pure and total.
 *
 * A used token in its grace window gets the same successor, as long as that was not used itself; after the window it is
 * reuse and ends the grant, even when its own life is over (RFC 9700 §4.14.2). A caller that is not the token's owner
 * changes nothing: else whoever finds an old token could end the grant of another client.
 */
export function decideRefresh(facts: RefreshFacts, expected: ExpectedOwner, nowMs: number): RefreshDecision {
  const standing = decideStanding(facts, expected, nowMs)
  if (standing.kind !== 'stands') return standing
  const { token, grant } = standing
  if (token.consumed === undefined) return { kind: 'rotate', token, grant }
  const { successor } = facts
  const sealed = token.consumed.successorSealed
  // Asked before the seal: using the successor also wipes its sealed copy.
  if (successor?.consumed !== undefined) return { kind: 'refuse', reason: 'successor_used' }
  if (successor === undefined || sealed === undefined) return { kind: 'refuse', reason: 'successor_gone' }
  if (nowMs >= successor.expiresAtMs) return { kind: 'refuse', reason: 'expired' }
  return { kind: 'repeat', successor, sealed, grant }
}

/** Decides what a presented refresh token gets when only an access token is asked for, which never rotates it. */
export function decideAccess(facts: RefreshFacts, expected: ExpectedOwner, nowMs: number): AccessDecision {
  const standing = decideStanding(facts, expected, nowMs)
  return standing.kind === 'stands' ? { kind: 'issue', grant: standing.grant } : standing
}

/** What both have in common: whose token it is, whether its grant lives, and whether its own time or grace is over. */
function decideStanding({ token, grant }: RefreshFacts, expected: ExpectedOwner, nowMs: number): Standing {
  if (token === undefined || grant === undefined) return { kind: 'refuse', reason: 'unknown' }
  if (expected.grantId !== undefined && expected.grantId !== grant.id)
    return { kind: 'refuse', reason: 'another_grant' }
  if (expected.clientId !== undefined && expected.clientId !== grant.clientId) {
    return { kind: 'refuse', reason: 'another_client' }
  }
  if (!isGrantLive(grant, nowMs)) return { kind: 'refuse', reason: 'grant_over' }
  if (token.consumed !== undefined) {
    return nowMs < token.consumed.graceUntilMs ? { kind: 'stands', token, grant } : { kind: 'reuse', grant }
  }
  if (nowMs >= token.expiresAtMs) return { kind: 'refuse', reason: 'expired' }
  return { kind: 'stands', token, grant }
}

type Standing = { readonly kind: 'stands'; readonly token: RefreshToken; readonly grant: Grant } | RefreshRefusal
