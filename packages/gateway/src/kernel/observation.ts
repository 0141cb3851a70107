/**
 * What happened, told to whoever listens: the log, the audit trail, the metrics. Metadata only: never a token, a
 * password, a cookie, a query string or a value of a record.
 */
export type Observation =
  | SignInObservation
  | ContradictionObservation
  | TokenObservation
  | GrantObservation
  | DeniedObservation
  | ThrottledObservation
  | UpstreamObservation
  | CredentialObservation

type Where = { readonly address: string; readonly requestId: string }

type SignInObservation =
  | ({
      readonly kind: 'signed_in'
      readonly database: string
      readonly uid: number
      readonly login: string
      readonly grantId: string
      readonly api: string
      readonly surface: string
    } & Where)
  | ({
      readonly kind: 'sign_in_refused'
      /** One of a closed set of words; what the client sent has no place here. */
      readonly reason: string
      readonly database: string
      readonly api: string
      readonly surface: string
    } & Where)
  /** A sign-in for a database or API that is not configured. What it named is not told: anybody may write anything. */
  | ({ readonly kind: 'sign_in_misdirected' } & Where)

/** A request that names another user or another grant than its token: a mistake of the client, or somebody who tries. */
type ContradictionObservation = {
  readonly kind: 'token_contradiction'
  readonly reason: 'user' | 'grant'
  readonly database: string
  readonly uid: number
  readonly grantId: string
} & Where

type TokenObservation =
  /** A grant got its first tokens. */
  | { readonly kind: 'token_issued'; readonly database: string; readonly uid: number; readonly grantId: string }
  /** A refresh token was used: for a successor, for the same successor again, or for an access token alone. */
  | {
      readonly kind: 'refreshed'
      readonly by: 'rotation' | 'repeat' | 'access'
      readonly database: string
      readonly uid: number
      readonly grantId: string
    }

type GrantObservation =
  | { readonly kind: 'reuse_detected'; readonly database: string; readonly uid: number; readonly grantId: string }
  | {
      readonly kind: 'grant_ended'
      readonly database: string
      readonly uid: number
      readonly grantId: string
      readonly reason: string
    }

/** A call on records that policy or Odoo forbade. */
type DeniedObservation = {
  readonly kind: 'denied'
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly grantId: string
  readonly api: string
  /** As the client named it, cut to 64 characters: it need not be a model at all. */
  readonly model: string
  readonly verb: string
  /** The code of the error (`verb.not_exposed`, `odoo.access_error`, …). */
  readonly code: string
}

/** A request that was refused because there were too many of its kind. */
type ThrottledObservation = {
  readonly kind: 'throttled'
  /** Which limit: `account`, `address`, `api`, …; one of a closed set. */
  readonly limit: string
  readonly database?: string
  readonly api?: string
} & Where

/** A call to Odoo that took longer than it should. */
type UpstreamObservation = {
  readonly kind: 'upstream_slow'
  readonly database: string
  /** What was called, of the closed set of `upstream/odoo-call-kind.ts`. */
  readonly call: string
  readonly model?: string
  readonly method?: string
  readonly durationMs: number
}

/** Odoo has refused what a key or a client acts with. It is not tried again. */
type CredentialObservation = {
  readonly kind: 'credential_refused'
  readonly credentialId: string
  readonly database: string
  readonly uid: number
  readonly login: string
  readonly reason: 'denied' | 'second_factor' | 'another_user'
}

/** Takes an observation; never throws, never waits. */
export type Observe = (observation: Observation) => void
