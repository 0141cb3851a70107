/**
 * What happened, told to whoever listens: the log, the audit table, later metrics. Metadata only: never a token, a
 * password, a cookie, a query string or a value of a record.
 */
export type Observation = SignInObservation | ContradictionObservation | GrantObservation

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
      readonly reason: string
      readonly database: string
      readonly api: string
      readonly surface: string
    } & Where)

/** A request that names another user or another grant than its token: a mistake of the client, or somebody who tries. */
type ContradictionObservation = {
  readonly kind: 'token_contradiction'
  readonly reason: 'user' | 'grant'
  readonly database: string
  readonly uid: number
  readonly grantId: string
} & Where

type GrantObservation =
  | { readonly kind: 'reuse_detected'; readonly database: string; readonly uid: number; readonly grantId: string }
  | {
      readonly kind: 'grant_ended'
      readonly database: string
      readonly uid: number
      readonly grantId: string
      readonly reason: string
    }

/** Takes an observation; never throws, never waits. */
export type Observe = (observation: Observation) => void
