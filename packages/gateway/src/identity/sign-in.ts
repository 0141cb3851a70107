import type { GatehouseError } from '../kernel/error.ts'
import type { IssuedTokens } from '../tokens/issue.ts'
import type { OdooSessions, PasswordRefusal } from '../upstream/odoo-sessions.ts'
import type { Door } from './choose-door.ts'
import { identityErrors } from './errors.ts'
import { type GrantSessionDeps, grantSession, type SignInSurface } from './grant-session.ts'
import type { Challenges } from './mfa/challenges.ts'
import type { Devices } from './mfa/devices.ts'
import { odooClientOf } from './odoo-client.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Throttle, Verdict } from './throttle/throttle.ts'

/** What a person typed, and the token of a device that Odoo trusts, where one was shown. */
export type PasswordCredentials = {
  readonly login: string
  readonly password: string
  readonly deviceToken?: string | undefined
}

/** Who asks for a sign-in. */
export type SignInBy = SignInSurface & {
  /** From a browser's scripts tokens are kept, also when the sign-in is finished by another call. */
  readonly browser: boolean
}

/** What signing in needs from outside. */
export type SignInDeps = GrantSessionDeps & {
  readonly odoo: Pick<OdooSessions, 'begin' | 'cancel'>
  readonly throttle: Pick<Throttle, 'signIn' | 'countWrong'>
  readonly challenges: Pick<Challenges, 'add'>
  readonly devices: Pick<Devices, 'shown' | 'forget'>
}

/** Odoo's own pause after too many failures (`base.login_cooldown_duration`). Seconds. */
const COOLDOWN_SECONDS = 60

/** What Odoo's answers say of the password. Where a second factor is awaited it was right. */
const VERDICTS = {
  opened: 'right',
  second_factor: 'right',
  denied: 'wrong',
  unknown_database: 'wrong',
  cooldown: 'paused',
} as const satisfies Record<'opened' | 'second_factor' | PasswordRefusal['kind'], Verdict>

/**
 * Signs a person in with login and password. The password goes to Odoo and nowhere else; what stays is the session
 * that Odoo opened, sealed. Where Odoo awaits a second factor, the refusal has the token that finishes the sign-in.
 *
 * @throws signin.denied, signin.second_factor, signin.cooldown, throttle.limited, api.way_in_closed
 */
export async function signInWithPassword(
  request: RequestFacts,
  door: Door,
  { deviceToken, ...credentials }: PasswordCredentials,
  by: SignInBy,
  deps: SignInDeps,
): Promise<IssuedTokens> {
  const { database, api } = door
  const { address, requestId } = request
  const account = { database, login: credentials.login }
  if (!api.waysIn.includes('password')) {
    await deps.throttle.countWrong(request)
    throw identityErrors['api.way_in_closed']()
  }

  const device = await deps.devices.shown(deviceToken, account)
  const shown = { ...credentials, ...(device === undefined ? {} : { trustedDevice: device.odooId }) }
  const session = await deps.throttle.signIn(
    account,
    request,
    () => deps.odoo.begin(database, shown, odooClientOf(request)),
    ({ kind }) => VERDICTS[kind],
  )
  if (session.kind === 'opened') return grantSession(request, door, session, { ...by, typedLogin: account.login }, deps)

  const { surface } = by
  deps.observe({ kind: 'sign_in_refused', reason: session.kind, database, api: api.name, surface, address, requestId })
  if (session.kind !== 'second_factor') throw REFUSALS[session.kind]()
  const { half } = session
  const mfaToken = await keepChallenge().catch(async (error: unknown) => {
    // The store is what failed: that Odoo may not hear of it must not hide that.
    await deps.odoo.cancel(database, half).catch(() => undefined)
    throw error
  })
  const extra = { mfa_required: true, mfa_token: mfaToken, methods: [half.method] }
  throw identityErrors['signin.second_factor']({ data: { extra } })

  async function keepChallenge(): Promise<string> {
    // Odoo was shown it and asks for a code all the same.
    if (device !== undefined) await deps.devices.forget(device)
    return deps.challenges.add({ ...account, ...by, api: api.name, half })
  }
}

/** What Odoo refused, as a client is told. */
export const REFUSALS = {
  denied: () => identityErrors['signin.denied'](),
  // A client is told the same; the log tells whoever set ODOO_DB.
  unknown_database: () => identityErrors['signin.denied']({ internal: 'Odoo does not have this database' }),
  cooldown: () => identityErrors['signin.cooldown']({ data: { retryAfterSeconds: COOLDOWN_SECONDS } }),
} as const satisfies Record<PasswordRefusal['kind'], () => GatehouseError>
