/** What Odoo says of an exception; read from `error` of a JSON-RPC answer. */
export type FaultFacts = {
  /** The whole name, `odoo.exceptions.AccessError`; a fork's begins otherwise. */
  readonly exceptionName: string
  readonly message: string
  readonly arguments: readonly unknown[]
  readonly context: object
}

/**
 * The exceptions whose message Odoo wrote for the person who made the request. The message of any other (of Python, of
 * PostgreSQL) may tell hosts, SQL and other people's data.
 */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessError',
  'LockError',
  'MissingError',
  'RedirectWarning',
  'UserError',
  'ValidationError',
])

/** The exceptions that only a new sign-in helps against. */
const SESSION_ENDED: ReadonlySet<string> = new Set(['SessionExpiredException', 'CheckIdentityException'])

/** The name under which an expired session goes where Odoo gave only its number (odoo 18.0 http.py: code 100). */
const EXPIRED = 'SessionExpiredException'
const EXPIRED_CODE = 100

/**
 * Odoo carried the request out as far as an exception. The transaction was rolled back. The traceback that Odoo sends
 * along (`debug`) is not kept.
 */
export class OdooFault extends Error {
  override readonly name = 'OdooFault'
  /** The last part of the name, which forks leave alone: `AccessError`. The only part to tell exceptions apart by. */
  readonly exception: string
  readonly exceptionName: string
  readonly arguments: readonly unknown[]
  readonly context: object

  constructor(facts: FaultFacts) {
    super(facts.message)
    this.exceptionName = facts.exceptionName
    this.exception = facts.exceptionName.split('.').at(-1) ?? ''
    this.arguments = facts.arguments
    this.context = facts.context
  }

  /** Whether the message may be shown to the caller. */
  get isForPeople(): boolean {
    return FOR_PEOPLE.has(this.exception)
  }

  /** Whether the session is over or asks for the password anew; the request itself was not carried out. */
  get isSessionEnded(): boolean {
    return SESSION_ENDED.has(this.exception)
  }
}

/** Reads the member `error` of an answer; whatever its form, it is a fault. */
export function readFault(error: unknown): OdooFault {
  const { code, data, message } = asObject(error)
  const { name, message: detail, arguments: list, context } = asObject(data)
  const exceptionName = faultName(name, code)
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  // The message of a RedirectWarning is all its arguments as Python shows them; the first one is the sentence.
  const sentence = exceptionName.endsWith('.RedirectWarning') ? textOf(items[0]) : undefined
  return new OdooFault({
    exceptionName,
    message: sentence ?? textOf(detail) ?? textOf(message) ?? '',
    arguments: items,
    context: asObject(context),
  })
}

/** Code 100 stands for nothing but the end of a session, whatever a fork or a module calls it. */
function faultName(name: unknown, code: unknown): string {
  const told = textOf(name)
  if (code !== EXPIRED_CODE) return told ?? 'UnknownError'
  const isKnown = told !== undefined && SESSION_ENDED.has(told.split('.').at(-1) ?? '')
  return isKnown ? told : EXPIRED
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // An object that is no list has text keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
