import type { Grant } from '../store/grants.ts'

/** What happened to tokens and grants, told after it is on the disk. Holds no token: fit for log, metrics and audit. */
export type TokenEvent =
  /** A sign-in got its first tokens. */
  | { readonly kind: 'token_issued'; readonly atMs: number; readonly grant: Grant }
  /** A refresh token got a successor, the same successor again, or an access token only. */
  | {
      readonly kind: 'token_refreshed'
      readonly atMs: number
      readonly grant: Grant
      readonly by: 'rotation' | 'repeat' | 'access'
    }
  /** A refresh token came back after its grace window: someone else has or had it. `grant_ended` follows. */
  | { readonly kind: 'reuse_detected'; readonly atMs: number; readonly grant: Grant }
  /** A grant ended. `odooSessionToEnd`: the Odoo session that nobody needs any more and that is to be logged out. */
  | {
      readonly kind: 'grant_ended'
      readonly atMs: number
      readonly grant: Grant
      readonly reason: string
      readonly odooSessionToEnd?: string
    }

/** Receives events in their order. Must not throw and not wait: the caller's answer is ready by then. */
export type TokenEventSink = (event: TokenEvent) => void
