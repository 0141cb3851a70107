import { OdooFault, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { SchemaError } from '@odoo-gatehouse/odoo/schema'
import { defineErrors, type ErrorDetail, type ErrorRow, type GatehouseError } from '../kernel/error.ts'
import { upstreamErrors } from './errors.ts'

/** What Odoo's refusals and failures become for a client. CONTRACT §0, "Odoo errors". */
const ROWS = {
  'odoo.access_denied': { category: 'forbidden', word: 'access_denied', message: 'Odoo denied access.' },
  'odoo.access_error': { category: 'forbidden', word: 'access_denied', message: 'Odoo does not allow this user that.' },
  'odoo.missing': { category: 'not_found', word: 'not_found', message: 'There is no such record.' },
  'odoo.rejected': { category: 'rejected', word: 'validation_error', message: 'Odoo refused the values.' },
  'odoo.value_missing': { category: 'invalid', word: 'missing_value', message: 'A required field has no value.' },
  'odoo.locked': { category: 'conflict', word: 'conflict', message: 'The record is locked by somebody else.' },
  'odoo.busy': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Odoo is busy with another change of the same records. Try again.',
  },
  'odoo.refused_request': {
    category: 'invalid',
    word: 'invalid_request',
    message: 'Odoo could not work with this request: a value in it does not fit its field.',
  },
  'odoo.failed': { category: 'upstream', word: 'upstream_failed', message: 'Odoo failed to answer the request.' },
  'odoo.timeout': {
    category: 'upstream',
    status: 504,
    word: 'upstream_timeout',
    message: 'Odoo did not answer in time. What the request asked for may still have been done.',
  },
  'odoo.dropped': {
    category: 'upstream',
    word: 'upstream_failed',
    message: 'The connection to Odoo broke before it answered. What the request asked for may still have been done.',
  },
  'odoo.answer_too_large': {
    category: 'upstream',
    word: 'upstream_failed',
    message: 'The answer of Odoo is too large: ask for fewer records or fields.',
  },
} as const satisfies Record<string, ErrorRow>

/** The errors by code, for whoever has to compare. */
export const odooErrors = defineErrors<keyof typeof ROWS>(ROWS)

/** Whose mistake an exception of Python or PostgreSQL was, and what the call lacked. */
export type OdooErrorFacts = {
  /**
   * `request`: the call carried values of the client (a domain, values to write), so that they are to blame; `gateway`,
   * the default: everything in it was planned, so that a failure is ours or Odoo's.
   */
  readonly blame?: 'request' | 'gateway'
  /** Required fields that the call gave no value for: what Odoo's sentence is matched with, in any language. */
  readonly unsetRequired?: ReadonlySet<string>
}

/** Odoo's own pause between its five attempts has passed by then. */
const RETRY_AFTER_SECONDS = 5

/** A message of Odoo may hold a list of records; more than this helps nobody. */
const MESSAGE_LENGTH_MAX = 2000

/**
 * Turns what the client of Odoo throws into the one error that clients are told of. Only the messages that Odoo wrote
 * for people are passed on; those of Python and PostgreSQL tell of hosts, SQL and other people's data.
 *
 * Anything else (a GatehouseError, a mistake in the program) is handed back as it is, to be thrown on.
 */
export function fromOdooError(error: unknown, facts: OdooErrorFacts = {}): unknown {
  if (error instanceof OdooUnreachable) return fromUnreachable(error)
  if (error instanceof OdooFault) return fromFault(error, facts)
  if (error instanceof SchemaError) return odooErrors['odoo.failed']({ internal: error.message, cause: error })
  return error
}

/** By the last part of the exception's name: forks rename the rest. */
const CODES: ReadonlyMap<string, keyof typeof ROWS> = new Map([
  ['AccessDenied', 'odoo.access_denied'],
  ['AccessError', 'odoo.access_error'],
  ['Forbidden', 'odoo.access_error'],
  ['MissingError', 'odoo.missing'],
  ['NotFound', 'odoo.missing'],
  ['ValidationError', 'odoo.rejected'],
  ['UserError', 'odoo.rejected'],
  ['RedirectWarning', 'odoo.rejected'],
  ['LockError', 'odoo.locked'],
])

/** Odoo has tried five times already (odoo 18.0 service/model.py: retrying). */
const BUSY: ReadonlySet<string> = new Set([
  'SerializationFailure',
  'TransactionRollbackError',
  'DeadlockDetected',
  'LockNotAvailable',
  'ConcurrencyError',
  'OperationalError',
  'PoolError',
])

/** What Python and PostgreSQL say of a value that does not fit (recordings read/domain_bad_*, write/write_*). */
const BAD_VALUE: ReadonlySet<string> = new Set([
  'ValueError',
  'TypeError',
  'KeyError',
  'IndexError',
  'AttributeError',
  'AssertionError',
  'OverflowError',
  'UnicodeEncodeError',
  'DataError',
  'InvalidTextRepresentation',
  'InvalidDatetimeFormat',
  'DatetimeFieldOverflow',
  'NumericValueOutOfRange',
  'InvalidRegularExpression',
  'UndefinedFunction',
])

function fromFault(fault: OdooFault, { blame = 'gateway', unsetRequired }: OdooErrorFacts): GatehouseError {
  const detail: ErrorDetail = {
    internal: fault.exceptionName,
    cause: fault,
    data: { odooException: fault.exception },
  }
  if (fault.isSessionEnded) return upstreamErrors['session.expired'](detail)
  if (BUSY.has(fault.exception)) {
    return odooErrors['odoo.busy']({ ...detail, data: { ...detail.data, retryAfterSeconds: RETRY_AFTER_SECONDS } })
  }
  const code = CODES.get(fault.exception)
  if (code === undefined) {
    return odooErrors[blame === 'request' && BAD_VALUE.has(fault.exception) ? 'odoo.refused_request' : 'odoo.failed'](
      detail,
    )
  }
  const field = code === 'odoo.rejected' ? missingField(fault.message, unsetRequired) : undefined
  if (field !== undefined) {
    const message = `The field "${field}" is required.`
    return odooErrors['odoo.value_missing']({ ...detail, message, data: { ...detail.data, field } })
  }
  const message = fault.isForPeople ? sentenceOf(fault).trim().slice(0, MESSAGE_LENGTH_MAX) : ''
  return odooErrors[code]({ ...detail, ...(message === '' ? {} : { message }) })
}

/**
 * The sentence is the exception's first argument. The message holds all arguments, those of RedirectWarning an action
 * with ids of views besides (recording write/unlink_partner_of_user).
 */
function sentenceOf(fault: OdooFault): string {
  const [first] = fault.arguments
  return typeof first === 'string' ? first : fault.message
}

function fromUnreachable(error: OdooUnreachable): GatehouseError {
  const detail: ErrorDetail = { internal: error.reason, cause: error }
  switch (error.reason) {
    case 'timeout':
      return odooErrors['odoo.timeout'](detail)
    case 'too_large':
      return odooErrors['odoo.answer_too_large'](detail)
    case 'connect':
    case 'dropped':
    case 'bad_answer':
      // Who is told that nothing happened asks again, and a record is there twice.
      return error.sent ? odooErrors['odoo.dropped'](detail) : upstreamErrors['odoo.unreachable'](detail)
  }
}

/**
 * The field that PostgreSQL's NOT NULL was about. Odoo names it in brackets, in a sentence of the user's language:
 * `Field: Name (name)` until 18, `Missing required value for the field 'Name' (name).` in 19 (recordings
 * write/create_required_false). The sentences are known in English; in other languages a name in brackets has to be a
 * required field that the call left unset.
 */
function missingField(message: string, unsetRequired: ReadonlySet<string> | undefined): string | undefined {
  if (message.includes('a mandatory field is not set')) {
    const [, since19] = /Missing required value for the field .*\(([a-z_][a-z0-9_]*)\)/.exec(message) ?? []
    const [, until18] = /^Field: .*\(([a-z_][a-z0-9_]*)\)\s*$/m.exec(message) ?? []
    if (since19 !== undefined || until18 !== undefined) return since19 ?? until18
  }
  for (const [, name = ''] of message.matchAll(/\(([a-z_][a-z0-9_]*)\)/g)) {
    if (unsetRequired?.has(name)) return name
  }
  return undefined
}
