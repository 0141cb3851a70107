/** How long tokens live. Every value is in seconds. */
export type TokenLifetimes = {
  /** Life of an access token. */
  readonly accessTtlSeconds: number
  /** Life of a refresh token, from its own issue: rotating slides it. */
  readonly refreshTtlSeconds: number
  /** When a client is told to rotate; told only, nothing here enforces it. */
  readonly rotationPeriodSeconds: number
  /** How long a used refresh token is answered with the same successor. 0: never. */
  readonly graceSeconds: number
  /** Life of a grant, however often its tokens are rotated. No token outlives its grant. */
  readonly grantMaxLifeSeconds: number
}

/** The lifetimes that odoo_jwt's page gives for tokens (60 s, 1 h, 45 min), 10 s of grace and 30 days for a grant. */
export const DEFAULT_TOKEN_LIFETIMES: TokenLifetimes = {
  accessTtlSeconds: 60,
  refreshTtlSeconds: 3_600,
  rotationPeriodSeconds: 2_700,
  graceSeconds: 10,
  grantMaxLifeSeconds: 2_592_000,
}
