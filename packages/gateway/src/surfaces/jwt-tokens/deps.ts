import type { RefreshDeps } from '../../identity/refresh.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ApiDirectory } from '../../policy/api-directory.ts'

/** What the routes of a token's life need from outside. */
export type JwtTokensDeps = RefreshDeps & {
  readonly apis: ApiDirectory
  readonly clock: Clock
}
