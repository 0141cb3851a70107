import { z } from 'zod'
import { ADDRESSES_MAX, NAME_LENGTH_MAX, SCOPES_MAX } from '../../administration/access-terms.ts'
import { isNetwork } from '../../kernel/networks.ts'
import { isRecordScope } from '../../policy/scope.ts'

/** The most items of one page, and how many it has when the request does not say. */
const PAGE_MAX = 200
const PAGE_DEFAULT = 50

/** A moment, as answers tell it (RFC 3339, UTC). */
export const Moment = z.iso.datetime()

/** Milliseconds since 1970 as a moment; nothing for nothing. */
export function momentOf(ms: number): string
export function momentOf(ms: number | undefined): string | undefined
export function momentOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

/** A name of a database in a query or a body. */
export const DatabaseName = z.string().min(1).max(63)

/** Of lists that come in pages: how many at most, and behind which one. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, `must be a number from 1 to ${PAGE_MAX}`)
    .transform(Number)
    .refine((limit) => limit <= PAGE_MAX, `must be a number from 1 to ${PAGE_MAX}`)
    .default(PAGE_DEFAULT)
    .meta({ description: `Items of a page, 1 to ${PAGE_MAX}.` }),
  cursor: z.string().max(200).optional().meta({ description: 'The `next` of the page before.' }),
}

/** The id of an Odoo user in a query. */
export const UserIdText = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be the id of an Odoo user')
  .transform(Number)

/** What a key or a client may do, and from where. */
export const accessTerms = {
  name: z.string().min(1).max(NAME_LENGTH_MAX),
  database: DatabaseName,
  api: z.string().min(1).max(32),
  scopes: z
    .array(z.string().refine(isRecordScope, 'must be a model or "*", and a verb, such as res.partner:read or *:read'))
    .min(1)
    .max(SCOPES_MAX)
    .optional()
    .meta({ description: 'Everything that the API allows, when absent.' }),
  addresses: z
    .array(z.string().refine(isNetwork, 'must be an IP address or a network such as 10.0.0.0/8'))
    .max(ADDRESSES_MAX)
    .optional()
    .meta({ description: 'Networks that it may be used from; everywhere, when absent.' }),
}

/** What shows that one may act as an Odoo user: one of the two. */
export const Proof = z
  .strictObject({
    password: z.string().min(1).max(1000).optional(),
    odooApiKey: z.string().min(1).max(1000).optional(),
  })
  .refine(
    ({ password, odooApiKey }) => (password === undefined) !== (odooApiKey === undefined),
    'must hold either "password" or "odooApiKey"',
  )
  .transform(({ password, odooApiKey }) =>
    password === undefined
      ? ({ kind: 'odoo_api_key', key: odooApiKey ?? '' } as const)
      : ({ kind: 'password', password } as const),
  )

/** The Odoo user whom a key or client acts as. */
export const ShownUser = z.object({ uid: z.number().int(), login: z.string() })
