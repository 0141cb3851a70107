import { z } from 'zod'
import { ApiInput } from '../policy/api.ts'

const Seconds = (min: number, max: number, fallback: number) => z.number().int().min(min).max(max).default(fallback)

/** The life of tokens. Every value is in seconds. */
export const TokenSettings = z
  .strictObject({
    /** Life of an access token, 5 to 86 400. */
    accessTtlSeconds: Seconds(5, 86_400, 60),
    /** Life of a refresh token from its last rotation, 5 to 31 536 000. */
    refreshTtlSeconds: Seconds(5, 31_536_000, 3600),
    /** When a client is told to rotate its refresh token; told only, not enforced. */
    rotationPeriodSeconds: Seconds(1, 31_536_000, 2700),
    /** How long a used refresh token is answered with the same successor, 0 to 60. */
    graceSeconds: Seconds(0, 60, 10),
    /** The end of a grant, however often its tokens are rotated, 60 to 31 536 000. */
    grantMaxLifeSeconds: Seconds(60, 31_536_000, 2_592_000),
    /** Puts the refresh token into the body for browsers too, where any script of the page can read it. */
    showRefreshTokenToBrowsers: z.boolean().default(false),
  })
  .prefault({})

const HttpOrigin = z
  .string()
  .refine(isHttpOrigin, 'must be an http:// or https:// address without a path, such as https://odoo.example.com')
  .transform((text) => new URL(text).origin)

/** One Odoo database behind the gateway. */
const DatabaseSettings = z.strictObject({
  /** The name of the database in Odoo. */
  name: z.string().min(1).max(63),
  /** Where Odoo answers: an origin without a path. */
  odooUrl: HttpOrigin,
})

/**
 * Every setting of the gateway, with its default and bounds. The settings file has this shape; the environment
 * overrides single values (`environment.ts`).
 */
export const Settings = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(1).max(65_535).default(8080),
  /** The public origin; `http://HOST:PORT` when it is not set. */
  url: HttpOrigin.optional(),
  /** Directory of the embedded store, the master key file and the sandbox's data. */
  data: z.string().min(1).default('./data'),
  /** The master key's text; made on first start and kept in the data directory when it is not set. */
  secret: z.string().min(32, 'must have at least 32 characters').optional(),
  postgres: z.never('PostgreSQL is not served by this version: unset it to use the embedded store').optional(),
  databases: z.array(DatabaseSettings).max(100).default([]),
  sandbox: z
    .strictObject({
      /** The Odoo that the sandbox speaks. */
      odoo: z.union([z.literal(17), z.literal(18), z.literal(19)], { error: 'must be 17, 18 or 19' }).default(18),
      /** Lets the sandbox, whose passwords everyone knows, be reached from other machines. */
      allowDemo: z.boolean().default(false),
    })
    .prefault({}),
  tokens: TokenSettings,
  apis: z.array(ApiInput).max(200).default([]),
  log: z
    .strictObject({
      level: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    })
    .prefault({}),
})

/** The settings after every check. */
export type Settings = z.infer<typeof Settings> & {
  /** The public origin, always there: makes issuer, same-origin checks and the cookies' `Secure`. */
  readonly url: string
}

function isHttpOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return bare && (url.protocol === 'http:' || url.protocol === 'https:')
}
