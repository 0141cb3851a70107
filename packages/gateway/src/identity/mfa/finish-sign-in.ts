import type { GatehouseError } from '../../kernel/error.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import type { CodeRefusal, OdooSessions } from '../../upstream/odoo-sessions.ts'
import type { Door } from '../choose-door.ts'
import { identityErrors } from '../errors.ts'
import { type GrantSessionDeps, grantSession } from '../grant-session.ts'
import { odooClientOf } from '../odoo-client.ts'
import type { RequestFacts } from '../request-facts.ts'
import { REFUSALS as PASSWORD_REFUSALS } from '../sign-in.ts'
import type { Throttle, Verdict } from '../throttle/throttle.ts'
import type { Challenges, KnownChallenge } from './challenges.ts'
import type { Devices, DeviceToken } from './devices.ts'

/** What a person read from an app or a mail, and whether the device is to be trusted. */
export type SecondFactorCode = { readonly code: string; readonly remember: boolean }

/** A sign-in that is finished. */
export type FinishedSignIn = { readonly issued: IssuedTokens; readonly device: DeviceToken | undefined }

/** What finishing a sign-in needs from outside. */
export type FinishSignInDeps = GrantSessionDeps & {
  readonly odoo: Pick<OdooSessions, 'finish'>
  readonly throttle: Pick<Throttle, 'signIn'>
  readonly challenges: Pick<Challenges, 'takeTry' | 'use'>
  readonly devices: Pick<Devices, 'trust'>
}

/** Odoo's own window for codes (odoo 19.0 auth_totp, TOTP_RATE_LIMITS). Seconds. */
const ODOO_CODE_WINDOW_SECONDS = 3600

/** What the answers say of the code. */
const VERDICTS = {
  opened: 'right',
  wrong_code: 'wrong',
  too_many_tries: 'wrong',
  no_try_left: 'unasked',
  session_over: 'open',
  cooldown: 'paused',
} as const satisfies Record<'opened' | keyof typeof REFUSALS, Verdict>

/**
 * Finishes a sign-in with the code that Odoo awaits. A wrong code counts as a failure of the account, as a wrong password
 * does; of the right one sent twice at once, one is answered with tokens.
 *
 * @throws mfa.refused: the same for a wrong code and for a sign-in that is used, expired or tried too often
 * @throws api.way_in_closed where the API has ceased to take passwords meanwhile
 * @throws mfa.too_many_codes, signin.cooldown, throttle.limited
 */
export async function finishSignIn(
  request: RequestFacts,
  challenge: KnownChallenge,
  door: Door,
  code: SecondFactorCode,
  deps: FinishSignInDeps,
): Promise<FinishedSignIn> {
  const { database, login, surface, clientId, half } = challenge
  const { address, requestId } = request
  if (!door.api.waysIn.includes('password')) throw identityErrors['api.way_in_closed']()
  const refuse = (reason: keyof typeof REFUSALS) => {
    deps.observe({ kind: 'sign_in_refused', reason, database, api: door.api.name, surface, address, requestId })
    return REFUSALS[reason]()
  }

  const session = await deps.throttle.signIn(
    { database, login },
    request,
    async () =>
      (await deps.challenges.takeTry(challenge))
        ? deps.odoo.finish(database, half, code, odooClientOf(request))
        : ({ kind: 'no_try_left' } as const),
    ({ kind }) => VERDICTS[kind],
  )
  if (session.kind !== 'opened') throw refuse(session.kind)
  const isFirst = await deps.challenges.use(challenge).catch(async (error: unknown) => {
    await deps.odoo.end(session.odooSessionId).catch(() => undefined)
    throw error
  })
  if (!isFirst) {
    await deps.odoo.end(session.odooSessionId).catch(() => undefined)
    throw refuse('no_try_left')
  }
  const issued = await grantSession(request, door, session, { surface, clientId, typedLogin: login }, deps)
  return { issued, device: await deps.devices.trust(database, session) }
}

const refused = (): GatehouseError => identityErrors['mfa.refused']()

const REFUSALS = {
  no_try_left: refused,
  wrong_code: refused,
  session_over: refused,
  too_many_tries: () => identityErrors['mfa.too_many_codes']({ data: { retryAfterSeconds: ODOO_CODE_WINDOW_SECONDS } }),
  cooldown: PASSWORD_REFUSALS.cooldown,
} as const satisfies Record<CodeRefusal['kind'] | 'no_try_left', () => GatehouseError>
