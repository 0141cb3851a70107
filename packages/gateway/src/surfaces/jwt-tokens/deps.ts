import type { Observe } from '../../kernel/observation.ts'
import type { ApiDirectory } from '../../policy/api-directory.ts'
import type { TokenService } from '../../tokens/token-service.ts'

/** What the routes of a token's life need from outside. */
export type JwtTokensDeps = {
  readonly tokens: Pick<TokenService, 'findRefreshToken' | 'rotate' | 'accessFromRefresh' | 'revokeGrant'>
  readonly apis: ApiDirectory
  readonly observe: Observe
  /** Life of the refresh cookie in the browser. Seconds. */
  readonly refreshTtlSeconds: number
}
