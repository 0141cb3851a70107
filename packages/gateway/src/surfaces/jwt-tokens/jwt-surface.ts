import type { SignInSurface } from '../../identity/grant-session.ts'

/**
 * What a surface says of itself whose sign-ins live on through the routes of this folder. Its client is the surface:
 * nobody registers one.
 */
export type JwtSurface = SignInSurface & {
  /** The word of success at the end of its sign-ins, in which the systems differ. */
  readonly signedOutWord: string
}
