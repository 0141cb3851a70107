import type { OdooVersion } from './version.ts'

/** What differs between the versions, as far as a client of the web session has to know. */
export type OdooCapabilities = {
  /** `web_search_read` and `web_read` take a specification: list, total and relations in one call. */
  readonly webSearchReadSpecification: boolean
  /** Domains know `any` and `not any`. */
  readonly anyOperator: boolean
  /** Domains know `not =like` and `not =ilike`. */
  readonly negatedExactLike: boolean
  /** `search_count` takes a limit, which makes "more than 1000" cheap. */
  readonly searchCountLimit: boolean
  /** `read_group` exists; from 19 on it is deprecated and logs a warning. */
  readonly readGroup: boolean
  /** `formatted_read_group` exists; to be preferred. */
  readonly formattedReadGroup: boolean
  /** `copy` answers a list of ids, not one id. */
  readonly copyAnswersList: boolean
  /** `has_access(operation)` exists; before, `check_access_rights(operation, false)`. */
  readonly hasAccess: boolean
  /** `has_group` is called on the user's record, not on the model. */
  readonly hasGroupNeedsRecord: boolean
  /** The field of `res.users` with the groups. */
  readonly groupsFieldName: 'groups_id' | 'group_ids'
  /** `/json/2` takes API keys; before, they are the password of `/jsonrpc`. */
  readonly json2: boolean
  /** The session id changes while the session lives. */
  readonly rotatesSessionId: boolean
  /** A new API key has to be given a duration. */
  readonly apiKeyDuration: boolean
  /** The identity check takes the password from the context; before, it is written to the wizard. */
  readonly identityCheckInContext: boolean
}

const ODOO_14: OdooCapabilities = {
  webSearchReadSpecification: false,
  anyOperator: false,
  negatedExactLike: false,
  searchCountLimit: false,
  readGroup: true,
  formattedReadGroup: false,
  copyAnswersList: false,
  hasAccess: false,
  hasGroupNeedsRecord: false,
  groupsFieldName: 'groups_id',
  json2: false,
  rotatesSessionId: false,
  apiKeyDuration: false,
  identityCheckInContext: false,
}
const ODOO_16: OdooCapabilities = { ...ODOO_14, searchCountLimit: true }
const ODOO_17: OdooCapabilities = { ...ODOO_16, webSearchReadSpecification: true, anyOperator: true }
const ODOO_18: OdooCapabilities = {
  ...ODOO_17,
  copyAnswersList: true,
  hasAccess: true,
  hasGroupNeedsRecord: true,
  apiKeyDuration: true,
}
const ODOO_19: OdooCapabilities = {
  ...ODOO_18,
  negatedExactLike: true,
  formattedReadGroup: true,
  groupsFieldName: 'group_ids',
  json2: true,
  rotatesSessionId: true,
  identityCheckInContext: true,
}

/**
 * The capabilities by major version; a row says what is new in it. 17 to 19 are proved by recordings, 14 to 16 are read
 * from Odoo's sources and documentation.
 */
export const ODOO_CAPABILITIES = {
  14: ODOO_14,
  15: ODOO_14,
  16: ODOO_16,
  17: ODOO_17,
  18: ODOO_18,
  19: ODOO_19,
} as const satisfies Record<number, OdooCapabilities>

const NEWEST = 19

/**
 * What a version can do. A version after the table is taken for the newest in it. A version of Odoo Online between two
 * releases counts as the older one, for it may lack any of what is new in the next.
 *
 * @throws RangeError for a version before 14, which is not supported.
 */
export function capabilitiesOf({ major }: Pick<OdooVersion, 'major'>): OdooCapabilities {
  const rows: Readonly<Record<number, OdooCapabilities>> = ODOO_CAPABILITIES
  const row = rows[Math.min(major, NEWEST)]
  if (row === undefined) throw new RangeError('Odoo before version 14 is not supported.')
  return row
}
