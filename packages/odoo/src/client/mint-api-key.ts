import { isOdooApiKey } from './key-access.ts'
import type { OdooSession } from './session.ts'
import { OdooUnreachable } from './unreachable.ts'

/** What a new API key is made of. */
export type MintOptions = {
  /** The password that has just opened the session: Odoo asks for it again. */
  readonly password: string
  /** Under which the user finds the key among the keys of the account. */
  readonly name: string
  /** Days until the key ends; 0: never, which only members of Settings may ask for. Odoo up to 17 knows no end. */
  readonly durationDays: ApiKeyDuration
  /** The columns of `OdooCapabilities` that decide how it is done. */
  readonly odoo: { readonly apiKeyDuration: boolean; readonly identityCheckInContext: boolean }
}

/** The durations that Odoo's own form offers (odoo 18.0 base/models/res_users.py: APIKeyDescription). */
export type ApiKeyDuration = 0 | 1 | 7 | 30 | 90 | 180 | 365

/** An API key of Odoo that was made just now. Odoo does not show it again. */
export type MintedApiKey = { readonly key: string }

/**
 * Makes an API key of Odoo for the user of a session, as the form of the account does: a description, then the identity
 * check, then the key (odoo 17.0 to 19.0 base/models/res_users.py: make_key, run_check; recordings
 * auth/apikey_lifecycle). The session stays as it is.
 *
 * @throws OdooFault where Odoo refuses: a wrong password, a duration that this user may not ask for, a user who may have
 *   no keys
 * @throws OdooUnreachable, `bad_answer` for an answer of another form
 */
export async function mintOdooApiKey(session: OdooSession, options: MintOptions): Promise<MintedApiKey> {
  const { password, name, durationDays, odoo } = options
  const duration = odoo.apiKeyDuration ? { duration: String(durationDays) } : {}
  const wizard = await session.callKw('res.users.apikeys.description', 'create', [{ name, ...duration }], {})
  const asked = await session.callKw('res.users.apikeys.description', 'make_key', [[wizard]], {})
  // Who has confirmed the password within the last ten minutes is not asked again.
  const shown = keyIn(asked) ?? keyIn(await confirm(session, checkIn(asked), password, odoo.identityCheckInContext))
  if (shown === undefined) throw strange()
  return { key: shown }
}

async function confirm(
  session: OdooSession,
  check: number,
  password: string,
  identityCheckInContext: boolean,
): Promise<unknown> {
  const model = 'res.users.identitycheck'
  if (identityCheckInContext) return session.callKw(model, 'run_check', [[check]], { context: { password } })
  await session.callKw(model, 'write', [[check], { password }], {})
  return session.callKw(model, 'run_check', [[check]], {})
}

/** The wizard that asks for the password. */
function checkIn(action: unknown): number {
  const { res_model, res_id } = asObject(action)
  if (res_model !== 'res.users.identitycheck' || typeof res_id !== 'number') throw strange()
  return res_id
}

function keyIn(action: unknown): string | undefined {
  const { default_key } = asObject(asObject(action).context)
  return typeof default_key === 'string' && isOdooApiKey(default_key) ? default_key : undefined
}

function strange(): OdooUnreachable {
  return new OdooUnreachable('bad_answer', { sent: true, status: 200 })
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // An object that is no list has text keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
