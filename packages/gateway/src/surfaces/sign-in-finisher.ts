import type { ErrorShape } from '../http/error-shape.ts'
import type { Answer } from '../http/route.ts'
import type { JsonObject } from '../kernel/json.ts'
import type { IssuedTokens } from '../tokens/issue.ts'

/**
 * How a surface answers a sign-in that another call finished: each surface whose sign-ins may await a second factor has
 * one, and is answered in its own shape.
 */
export type SignInFinisher = {
  /** The surface, as its challenges name it. */
  readonly surface: string
  readonly errors: ErrorShape
  /**
   * The answer of the sign-in, had it needed no code.
   *
   * @param sent the body of the call that finished it, as it came
   * @param more members for the body beside those of the surface
   */
  present(
    sent: unknown,
    issued: IssuedTokens,
    options: { readonly browser: boolean; readonly more: JsonObject },
  ): Pick<Answer, 'body' | 'cookies'>
}
