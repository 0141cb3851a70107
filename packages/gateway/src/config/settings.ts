import { z } from 'zod'
import { isNetwork } from '../kernel/networks.ts'
import { ApiInput } from '../policy/api.ts'

/** Seconds between two bounds. */
function seconds(least: number, most: number, fallback: number, meaning: string) {
  return z.number().int().min(least).max(most).default(fallback).describe(meaning)
}

const TokenSettings = z
  .strictObject({
    accessTtlSeconds: seconds(5, 86_400, 60, 'Life of an access token. Seconds.'),
    refreshTtlSeconds: seconds(5, 31_536_000, 3600, 'Life of a refresh token from its last rotation. Seconds.'),
    rotationPeriodSeconds: seconds(
      1,
      31_536_000,
      2700,
      'When a client is told to rotate its refresh token; told only. Seconds.',
    ),
    graceSeconds: seconds(0, 60, 10, 'How long a used refresh token is answered with the same successor. Seconds.'),
    grantMaxLifeSeconds: seconds(
      60,
      31_536_000,
      2_592_000,
      'The end of a sign-in, however often its tokens are rotated. Seconds.',
    ),
    signingKeyMaxAgeDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe(
        'When a new key takes over the signing of access tokens; the old one verifies for 25 hours more. Days.',
      ),
    showRefreshTokenToBrowsers: z
      .boolean()
      .default(false)
      .describe(
        'Puts the refresh token of `POST /api/login` into the body for browsers too, where scripts can read it.',
      ),
  })
  .prefault({})

/** A limit of failures; `whose` completes the meaning of both numbers. */
function failureLimit(failures: number, windowSeconds: number, whose: string) {
  return z
    .strictObject({
      failures: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(failures)
        .describe(`Failed sign-ins ${whose} that a window lets through.`),
      windowSeconds: seconds(1, 86_400, windowSeconds, `The window of failed sign-ins ${whose}. Seconds.`),
    })
    .prefault({})
}

const ThrottleSettings = z
  .strictObject({
    accountAddress: failureLimit(5, 300, 'of one account from one address'),
    address: failureLimit(50, 300, 'from one address'),
    account: failureLimit(100, 3600, 'of one account from everywhere'),
    database: failureLimit(6, 600, 'in one database whose Odoo takes everybody for one address'),
    knownAddressDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe(
        'How long an address is let through after a success, when there were too many failures of the account. Days.',
      ),
  })
  .prefault({})

const Pace = z.strictObject({
  perSecond: z.number().min(0.1).max(1000).describe('Calls to Odoo a second, in the long run.'),
  burst: z.number().int().min(1).max(1000).describe('Calls to Odoo at once, after a pause.'),
})

const HttpOrigin = z
  .string()
  .refine(isHttpOrigin, 'must be an http:// or https:// address without a path, such as https://odoo.example.com')

const DatabaseSettings = z.strictObject({
  name: z.string().min(1).max(63).describe('The name of the database in Odoo.'),
  odooUrl: HttpOrigin.transform(originOf).describe('Where Odoo answers: an origin without a path.'),
  hosts: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a host name in small letters, without a port'),
    )
    .max(50)
    .default([])
    .describe('Host names of the gateway whose sign-ins are for this database.'),
  default: z
    .boolean()
    .default(false)
    .describe('Sign-ins that name no database are for this one, where there are several.'),
  pace: z
    .union([Pace, z.literal('off')], { error: 'must be { perSecond, burst } or off' })
    .optional()
    .describe('How fast Odoo is called: `{ perSecond, burst }` or `off`; 1 and 10 at `*.odoo.com` when it is not set.'),
  defaultApi: z.string().min(2).max(32).default('default').describe('The API of sign-ins that name none.'),
})

const SandboxSettings = z
  .strictObject({
    odoo: z
      .union([z.literal(17), z.literal(18), z.literal(19)], { error: 'must be 17, 18 or 19' })
      .default(18)
      .describe('The Odoo that the sandbox speaks.'),
    allowDemo: z
      .boolean()
      .default(false)
      .describe('Lets the sandbox, whose passwords everyone knows, be reached from other machines.'),
  })
  .prefault({})

/**
 * Every setting of the gateway, with its default, its bounds and its meaning. The settings file has this shape; the
 * environment overrides single values (`environment.ts`); `docs/settings.md` is made from it.
 */
export const Settings = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('The address that the gateway listens on.'),
  port: z.number().int().min(1).max(65_535).default(8080).describe('The port that the gateway listens on.'),
  url: HttpOrigin.transform(originOf)
    .optional()
    .describe('The public origin; `http://HOST:PORT` when it is not set. https when `host` is not loopback.'),
  trustedProxies: z
    .array(z.string().refine(isNetwork, 'must be an IP address or a network such as 10.0.0.0/8'))
    .max(100)
    .default([])
    .describe('Proxies whose `X-Forwarded-For` tells the address of the client; of any other it is not believed.'),
  data: z
    .string()
    .min(1)
    .default('./data')
    .describe("The directory of the embedded store, the master key file and the sandbox's data."),
  secret: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('The master key; made on first start and kept in the data directory when it is not set.'),
  postgres: z
    .string()
    .refine(isPostgresAddress, 'must be an address such as postgres://user:password@host:5432/database')
    .optional()
    .describe('The PostgreSQL that several nodes share; the embedded store when it is not set.'),
  databases: z.array(DatabaseSettings).max(100).default([]).describe('The Odoo databases; none: the sandbox.'),
  sandbox: SandboxSettings,
  tokens: TokenSettings,
  throttle: ThrottleSettings,
  apis: z.array(ApiInput).max(200).default([]).describe('What is shown, and to whom: see policy.md.'),
  audit: z
    .strictObject({
      retentionDays: z
        .number()
        .int()
        .min(1)
        .max(3650)
        .default(90)
        .describe('How long events of the audit trail are kept. Days.'),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      token: z
        .string()
        .regex(/^[\w.~+/=-]{16,256}$/, 'must have 16 to 256 letters, digits or -._~+/=')
        .optional()
        .describe('What a Prometheus on another machine sends as `Bearer`; this machine needs none.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
        .default('info')
        .describe('What is logged, at least. Lines of JSON on standard error.'),
    })
    .prefault({}),
})

/** The settings after every check. */
export type Settings = z.infer<typeof Settings> & {
  /** The public origin, always there: makes issuer, same-origin checks and the cookies' `Secure`. */
  readonly url: string
}

function isPostgresAddress(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)
}

function originOf(text: string): string {
  return new URL(text).origin
}

function isHttpOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return bare && (url.protocol === 'http:' || url.protocol === 'https:')
}
